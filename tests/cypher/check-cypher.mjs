// Neo4j's own parser over every saved query, and over the query in each header's `among`:
// node check-cypher.mjs [FOLDER]... prints `file:line:column: message`, and exits with 1 if any.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isNotParamError, lintCypherQuery, testData } from "@neo4j-cypher/language-support";

const LANGUAGE = "CYPHER 5";
const CONTINUED = "//   ";
const shipped = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "cypher");

// The functions of a server without plug-ins, so that an unknown one is told.
const functions = Object.fromEntries(
  Object.entries(testData.mockSchema.functions[LANGUAGE]).filter(([name]) => !/^(apoc|gds|genai)\./.test(name)),
);
const schema = { functions: { [LANGUAGE]: functions }, defaultLanguage: LANGUAGE };

// The query of `among` alone, on its own lines; empty where the header has none.
function amongOf(text) {
  let inside = false;
  const lines = text.split("\n").map((line) => {
    inside = line.startsWith("// among:") || (inside && line.startsWith(CONTINUED));
    return inside && line.startsWith(CONTINUED) ? line.slice(CONTINUED.length) : "";
  });
  return lines.join("\n").trimEnd();
}

// What is wrong with a query; that parameters have no value here is not.
function faults(query, indent) {
  const found = lintCypherQuery(query, schema).diagnostics.filter(isNotParamError);
  return found.map(({ message, range: { start } }) => ({
    line: start.line + 1,
    column: start.character + 1 + indent,
    message: message.replace(/\s+/g, " "),
  }));
}

let count = 0;
for (const folder of process.argv.length > 2 ? process.argv.slice(2) : [shipped]) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".cypher"));
  for (const file of files.sort().map((name) => join(folder, name))) {
    const text = readFileSync(file, "utf8");
    const among = amongOf(text);
    const found = [...faults(text, 0), ...(among ? faults(among, CONTINUED.length) : [])];
    for (const { line, column, message } of found) {
      console.log(`${relative(process.cwd(), file)}:${line}:${column}: ${message}`);
    }
    count += found.length;
  }
}
process.exitCode = count ? 1 : 0;
