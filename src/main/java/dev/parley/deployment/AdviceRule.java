package dev.parley.deployment;

/** The stable names of modelling advice; docs/modelling.md explains each. */
final class AdviceRule {
  static final String SEND_AND_RECEIVE = "advice.send-and-receive";
  static final String BOUNDARY_MESSAGES = "advice.boundary-messages";
  static final String TIME_OUT = "advice.time-out";
  static final String COMPLETION_CONDITION = "advice.completion-condition";
  static final String REPLY = "advice.reply";
  static final String START_KEY = "advice.start-key";
  static final String EARLY_INTERRUPT = "advice.early-interrupt";
  static final String PARALLEL_RECEIVES = "advice.parallel-receives";
  static final String IMPLICIT_END = "advice.implicit-end";
  static final String DEFAULT_FLOW = "advice.default-flow";

  private AdviceRule() {}
}
