package dev.parley.message;

/**
 * A message on its way into or out of a process.
 *
 * @param process key of the process that receives it or sends it; a message never leaks to another
 *     process
 * @param operation whose message it is
 * @param kind what it is to that operation
 * @param body the body element as it was received, or will be sent
 * @param sender who sent it, as authenticated; empty when nobody asked
 */
public record Message(
    MessageId id,
    String process,
    OperationName operation,
    MessageKind kind,
    Body body,
    Headers headers,
    String sender) {}
