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
   * @param kind INPUT where the process provides the operation; OUTPUT where it takes the response
   *     of a send
   * @param exchange name that tells apart several open exchanges of one operation; empty by default
   */
  record Receive(
      Operation operation, MessageKind kind, List<Keep> keeps, String exchange, QueuePolicy policy)
      implements Interaction {
    public Receive {
      keeps = List.copyOf(keeps);
    }

    public MessageName message() {
      return new MessageName(operation.name(), kind);
    }
  }

  /**
   * Answers an open exchange of an operation that the process provides.
   *
   * @param fault name of the declared fault; null for the output message
   */
  record Reply(Operation operation, @Nullable QName fault, Outgoing outgoing, String exchange)
      implements Interaction {}

  /**
   * Sends an operation's first message to a partner; the token goes on, or waits for the delivery.
   */
  record Send(
      Operation operation, Destination destination, Outgoing outgoing, DeliveryPolicy delivery)
      implements Interaction {}

  /**
   * Sends an operation's input to a partner and waits for its answer.
   *
   * @param answerWithin null: as long as delivery's deadline
   */
  record Invoke(
      Operation operation,
      Destination destination,
      Outgoing outgoing,
      List<Keep> keeps,
      DeliveryPolicy delivery,
      @Nullable Duration answerWithin)
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
