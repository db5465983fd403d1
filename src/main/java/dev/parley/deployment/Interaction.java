package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.expression.Expression;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.Operation;
import java.time.Duration;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** A node joined to an operation: what of the operation's exchange it plays. */
public sealed interface Interaction {

  Operation operation();

  /**
   * Takes a message.
   *
   * @param kind the pattern's first message, which a partner sends to us; or its second one, the
   *     response to what this process has sent
   * @param exchange which of several open exchanges of one operation it begins
   * @param acceptAfter number of the node at which a robust exchange closes; -1: with the turn
   * @param relatesTo number of the node whose message it answers; -1: whatever its keys find
   */
  record Receive(
      Operation operation,
      MessageKind kind,
      List<Keep> keeps,
      ExchangeName exchange,
      int acceptAfter,
      int relatesTo,
      QueuePolicy policy)
      implements Interaction {
    public Receive {
      keeps = List.copyOf(keeps);
    }

    /** Whether it is the response to a message that this process sends by another node. */
    public boolean isResponse() {
      return kind != operation.pattern().first();
    }

    public MessageName message() {
      return new MessageName(operation.name(), kind);
    }
  }

  /**
   * Tells apart several open exchanges of one operation (WS-BPEL 2.0, 10.4.1).
   *
   * @param name the {@code parley:messageExchange}; empty by default
   * @param participant whom the message flow leads to; empty where none says so
   */
  record ExchangeName(String name, String participant) {
    /** Whether an exchange of this name is one that the other means. */
    public boolean means(ExchangeName other) {
      return name.equals(other.name)
          && (participant.isEmpty()
              || other.participant.isEmpty()
              || participant.equals(other.participant));
    }
  }

  /**
   * Answers an open exchange.
   *
   * @param fault name of the declared fault; null for the pattern's second message
   * @param headers makes SOAP header blocks; null where there are none
   */
  record Reply(
      Operation operation,
      @Nullable QName fault,
      Outgoing outgoing,
      @Nullable Expression headers,
      ExchangeName exchange)
      implements Interaction {}

  /**
   * Whom a message is sent to.
   *
   * @param participant id by which an instance knows the partner's endpoint reference; its
   *     interface's name where the model has no participant
   * @param endpoint finds the endpoint reference when the message is sent; null where the node does
   *     not say
   * @param destination where the instance knows no endpoint reference
   */
  record Partner(String participant, @Nullable Expression endpoint, Destination destination) {}

  /**
   * Sends an operation's first message to a partner; the token goes on, or waits for the delivery.
   *
   * @param headers makes SOAP header blocks; null where there are none
   * @param isAnswered whether another node takes its response
   */
  record Send(
      Operation operation,
      Partner partner,
      Outgoing outgoing,
      @Nullable Expression headers,
      DeliveryPolicy delivery,
      boolean isAnswered)
      implements Interaction {}

  /**
   * Sends an operation's first message to a partner and waits for its answer.
   *
   * @param headers makes SOAP header blocks; null where there are none
   * @param answerWithin null: as long as delivery's deadline, or for ever where it is called back
   * @param callback takes the message that is the answer; null where the operation's own second
   *     message is
   */
  record Invoke(
      Operation operation,
      Partner partner,
      Outgoing outgoing,
      @Nullable Expression headers,
      List<Keep> keeps,
      DeliveryPolicy delivery,
      @Nullable Duration answerWithin,
      @Nullable Receive callback)
      implements Interaction {
    public Invoke {
      keeps = List.copyOf(keeps);
    }
  }

  /** What an outgoing message is made of. */
  sealed interface Outgoing {
    /** An empty body. */
    record Nothing() implements Outgoing {}

    /** A data item as it is. */
    record Item(int item) implements Outgoing {}

    /** The element that an expression makes. */
    record Computed(Expression expression) implements Outgoing {}

    /** What assignments make, of nothing or of what an expression has made. */
    record Assigned(@Nullable Expression expression, List<Assignment> assignments)
        implements Outgoing {
      public Assigned {
        assignments = List.copyOf(assignments);
      }
    }
  }

  /**
   * Where what came in goes; expression is null where it is kept whole, or where assignments keep
   * parts of it.
   */
  record Keep(int item, @Nullable Expression expression, List<Assignment> assignments) {
    public Keep {
      assignments = List.copyOf(assignments);
    }

    public Keep(int item, @Nullable Expression expression) {
      this(item, expression, List.of());
    }
  }

  /** To selects the node whose content is replaced; null: the whole value. */
  record Assignment(Expression from, @Nullable Expression to) {}
}
