// What the data of the page look like, and what its parts hand to each other.
"use strict";

/** @typedef {string | number | boolean | string[]} Value */
/** @typedef {Record<string, Value>} Facts */

/**
 * @typedef {object} Label
 * @property {string} name
 * @property {string} plural
 * @property {string} meaning
 * @property {string} colour
 * @property {string} shape a shape of vis-network
 */

/**
 * @typedef {object} RelationshipType
 * @property {string} name
 * @property {string} meaning
 * @property {string} forward what is said of its start: "owns"
 * @property {string} backward what is said of its end: "is owned by"
 */

/**
 * Where sources differ: on what, and what each of them states.
 * @typedef {object} Dispute
 * @property {string[]} on
 * @property {Record<string, Facts>} claims
 */

/**
 * Facts by column: `sources` are places in the table of sets of sources.
 * @typedef {object} Statements
 * @property {(Facts | 0)[]} facts
 * @property {number[]} sources
 * @property {Record<string, Dispute>} disputes by the place of the fact
 */

/**
 * @typedef {object} NodeColumns
 * @property {number[]} label
 * @property {string[]} id
 * @property {string[]} name
 * @property {number[]} x
 * @property {number[]} y
 * @property {number[]} disc
 * @property {number[]} stubs the nodes that no source describes
 * @property {Record<string, number>} cut by node: relationships to what the page leaves out
 */

/** @typedef {{type: number[], start: number[], end: number[]}} RelationshipColumns */

/**
 * @typedef {object} Disc
 * @property {number | null} team the team's node; none for all of a label that have no team
 * @property {string} name
 * @property {number} x
 * @property {number} y
 * @property {number} radius
 * @property {number | null} group
 */

/** @typedef {{name: string, x: number, y: number, radius: number}} Group */

/**
 * Discs too many for one map: branches, that open to some; then by column, for all discs and all
 * branches after them, the branch that opens to each, where it lies on the map on which it is, and
 * its group on the first map.
 * @typedef {object} RolledData
 * @property {{name: string, team: number | null, radius: number}[]} branches
 * @property {(number | null)[]} parent by its number among discs and branches
 * @property {number[]} x
 * @property {number[]} y
 * @property {Group[]} groups
 * @property {(number | null)[]} group
 */

/**
 * @typedef {object} GraphData
 * @property {{nodes: number, relationships: number}} present how many are there; those that come
 * after them in the columns are gone
 * @property {Label[]} labels
 * @property {RelationshipType[]} types
 * @property {string[][]} sources
 * @property {NodeColumns & Statements} nodes
 * @property {RelationshipColumns & Statements} relationships
 * @property {Disc[]} discs
 * @property {Group[]} groups
 * @property {RolledData | null} rolled none where one map holds all discs
 * @property {string[]} days the names of facts that are days since 1970-01-01
 */

/** @typedef {number | string} Named a node's number, or the text of what is not in the graph */
/** @typedef {Value | null | Named[]} Cell */

/**
 * @typedef {object} Finding
 * @property {string} identity
 * @property {number} severity
 * @property {number} rank
 * @property {string} state
 * @property {boolean} implied whether a stronger finding says the same
 * @property {Named[]} subject
 * @property {Cell[]} row in the order of the question's columns
 */

/** @typedef {{name: string, meaning: string, kind: string}} Column */

/**
 * @typedef {object} Question
 * @property {string} code
 * @property {string} name
 * @property {string} theme
 * @property {string} title
 * @property {string} why
 * @property {number | null} severity none for a listing
 * @property {string} remedy
 * @property {string} actor
 * @property {string[]} needs
 * @property {string[]} control
 * @property {string} cypher
 * @property {string} state
 * @property {string} reason
 * @property {string[]} missing
 * @property {{what: string, count: number | null} | null} among
 * @property {number | null} recorded
 * @property {string | null} asOf up to when it is known, where it rests on a stale source
 * @property {{name: string, meaning: string, value: Value}[]} parameters
 * @property {Column[]} columns
 * @property {Finding[]} findings
 * @property {number} left how many more findings are about what the page leaves out
 * @property {Cell[][]} [rows] of a listing
 * @property {number} [rowCount]
 */

/** @typedef {{question: Question, finding: Finding}} Found */

/**
 * Findings with one cause, or those of one question.
 * @typedef {object} Cause
 * @property {string} key
 * @property {Named | null} thing what stands behind them; none for those of one question
 * @property {string} kind of the thing, in words
 * @property {string} question the code of the best finding's
 * @property {string[]} findings identities, the best first
 * @property {number} left how many more are about what the page leaves out
 * @property {number} count without those that stronger ones imply
 * @property {string[]} codes
 * @property {boolean} pattern whether most of those asked about are hit
 * @property {string} urgency A to E
 * @property {number} severity
 * @property {Named[]} actors who may take the first step
 * @property {boolean} first whether it is one to begin with
 */

/** @typedef {{source: string, finished: string, state: string}} Run */

/** @typedef {[string] | [string, Value | null, Value | null]} Difference a property, and its values */

/** @typedef {{new: number[], gone: number[], changed: [number, Difference[]][]}} Changes by place */

/**
 * What differs from another graph. `unknown` are the codes of questions that were not answered
 * on one of the two.
 * @typedef {object} ComparedData
 * @property {string} words which other: "since 2026-11-01"
 * @property {Changes} nodes
 * @property {Changes} relationships
 * @property {{new: string[], gone: GoneFinding[]}} findings
 * @property {string[]} unknown
 */

/** @typedef {{code: string, identity: string, severity: number, subject: Named[]}} GoneFinding */

/**
 * What one run did to a node: what became of it, what differs, and how many relationships at it
 * are new, changed, gone or denied.
 * @typedef {[number, string, Difference[], number, number, number, number]} Doing
 */

/**
 * @typedef {object} StoryData
 * @property {{source: string, kind: string, day: string}[]} runs
 * @property {number[]} added the run with which each node came; -1 where nobody remembers
 * @property {Record<string, Doing[]>} steps by node, the newest first
 * @property {Record<string, number>} left by node: how many older runs the page leaves out
 */

/** @typedef {[number, number, number, number]} DayOfFindings a day; of high, medium, low severity */

/**
 * Which part of the graph the page holds, and how much it leaves out.
 * @typedef {{words: string, nodes: number, relationships: number, findings: number}} PartData
 */

/**
 * @typedef {object} PageData
 * @property {string} title
 * @property {string} generated
 * @property {string} store
 * @property {number} today
 * @property {"named" | "roles" | "pseudonyms"} people
 * @property {number} persons
 * @property {PartData | null} part none where the page holds the whole
 * @property {GraphData} graph
 * @property {StoryData} story
 * @property {ComparedData | null} compared
 * @property {DayOfFindings[]} trend
 * @property {Question[]} questions
 * @property {Cause[]} groups the best first
 * @property {Record<string, string>} urgencies what each is called
 * @property {Run[]} runs
 */

/**
 * What is chosen. `cause`, `finding`, `team`, `branch`, `hops` and `to` each decide what the map
 * shows; `node` is looked at beside it. `from` is where a way begins, `to` where it ends. `by` is
 * the order of the findings, `colour` what colours say. `hidden` are names of labels and
 * relationships.
 * @typedef {object} Choice
 * @property {string} view
 * @property {string} by "cause" or "question"
 * @property {string} colour a name of COLOURINGS
 * @property {string} cause the key of a group of findings
 * @property {string} finding
 * @property {string} question
 * @property {string} branch the key of a disc that is opened to those in it
 * @property {string} team
 * @property {string} node
 * @property {string} from a node's key
 * @property {string} to a node's key; none while it is still to be chosen
 * @property {number} hops
 * @property {boolean} all
 * @property {string[]} hidden
 */

/** @typedef {{node: number, x: number, y: number, column: number}} Spot where a node lies */
/**
 * A relationship between two spots; or, below zero, one that is implied by what the legend hides,
 * of the label `via`.
 * @typedef {{tie: number, start: number, end: number, via?: string}} Line
 */
/** @typedef {{from: number, to: number, weight: number}} DiscTie relationships of two discs */

/**
 * What a disc stands for: the teams in it, and their discs. A branch opens; `number` is its own.
 * @typedef {Disc & {number: number, discs: number[], teams: number, opens: boolean}} LevelDisc
 */
/**
 * One map of discs: that of a branch, or the first; `of` is the place of the circle in which each
 * disc lies, -1 for what lies elsewhere.
 * @typedef {{branch: number | null, circles: LevelDisc[], groups: Group[], of: number[]}} Level
 */

/**
 * `spots` are nodes; in the kind "discs" none, and the discs stand for their members. `lines`
 * are relationships drawn one by one. `members` are the nodes shown, in a disc or one by one;
 * `near` is how many could be. A focus is laid out in columns, round its only subject, or as the
 * `ways` between two nodes, each from the one to the other; `wayCount` is how many there are.
 * `apart` is the first of those that are named, and tied to none of the rest.
 * @typedef {object} Scene
 * @property {"map" | "discs" | "team" | "focus"} kind
 * @property {"columns" | "round" | "ways"} [layout] of a focus
 * @property {Spot[]} spots
 * @property {Line[]} lines
 * @property {number[]} subjects
 * @property {number[]} members
 * @property {number} near
 * @property {Level} [level] of a whole map
 * @property {Spot} [apart]
 * @property {number[][]} [ways]
 * @property {number} [wayCount]
 */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{x: number, y: number, radius: number}} Circle */
/** @typedef {{colour: string, count: number}} Part of a disc, by colour */
/** @typedef {{type: string, count: number, x: number, y: number}} Bundle lines with one label */
/** @typedef {CanvasRenderingContext2D} Pen */

/**
 * A relationship as vis draws it; without a colour and a width of its own as all are.
 * @typedef {object} VisEdge
 * @property {number} id
 * @property {number} from
 * @property {number} to
 * @property {false | {enabled: boolean, type: string, roundness: number}} smooth
 * @property {{to: {enabled: boolean}}} arrows
 * @property {{color: string}} [color]
 * @property {boolean} [dashes]
 * @property {number} [width]
 */

/**
 * How a text is painted, with a rim in the ground's colour.
 * @typedef {object} Writing
 * @property {string} colour
 * @property {string} rim
 * @property {number} size
 * @property {boolean} [bold]
 * @property {CanvasTextAlign} [align]
 */

/**
 * @typedef {object} Palette
 * @property {string} ink
 * @property {string} muted
 * @property {string} ground
 * @property {string} disc
 * @property {string} rim
 * @property {string} tie
 * @property {string} line
 * @property {string} outline
 * @property {string} accent
 * @property {string} mark
 */
