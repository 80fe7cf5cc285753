/** The drawing library, which the page carries beside its own scripts and which has no types. */
declare const vis: any;
