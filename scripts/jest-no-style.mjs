/** Stands for every style sheet where no browser reads it. */
export {};
