package dev.parley.correlation;

/** What becomes of a message, and the rule that it follows from. */
public record Decision(Correlation correlation, Rule rule) {}
