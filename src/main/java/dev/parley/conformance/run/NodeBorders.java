package dev.parley.conformance.run;

import dev.parley.Surroundings;
import dev.parley.delivery.Attempt;
import dev.parley.delivery.Consignment;
import dev.parley.delivery.PartnerTransport;
import dev.parley.deployment.Destination;
import dev.parley.message.Answer;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.ReadSet;
import dev.parley.store.Store;
import dev.parley.store.StoreAround;
import dev.parley.turn.Door;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Stands around one boot of a gateway: what a dead one does reaches neither disk nor wire; what
 * goes through is seen.
 */
final class NodeBorders implements Surroundings.Borders {
  /** Real time; the one that counts is virtual. */
  private static final Duration WIRE = Duration.ofMinutes(5);

  private final NodeTime time;
  private final Watch watch;
  private final Surroundings.Borders further;

  /** Who sees what goes through. */
  interface Watch {
    void received(Message message);

    void outbound(MessageId message);

    /** An address is about to be dialled. */
    void dialling(String endpoint);
  }

  /**
   * @param further what stands between these borders and the gateway
   */
  NodeBorders(NodeTime time, Watch watch, Surroundings.Borders further) {
    this.time = time;
    this.watch = watch;
    this.further = further;
  }

  @Override
  public Store around(Store store) {
    return further.around(
        new StoreAround(store) {
          @Override
          public void commit(Batch batch, ReadSet reads) {
            if (!time.isDead()) {
              super.commit(batch, reads);
              batch.newOutbox().forEach(row -> watch.outbound(row.id()));
            }
          }
        });
  }

  @Override
  public Door around(Door door) {
    return further.around(watched(door));
  }

  private Door watched(Door inner) {
    return new Door() {
      @Override
      public MessageId nextId() {
        return inner.nextId();
      }

      @Override
      public CompletableFuture<Answer> submit(Message message) {
        watch.received(message);
        time.enters();
        return inner.submit(message);
      }

      @Override
      public CompletableFuture<Answer> abandon(MessageId exchange) {
        return inner.abandon(exchange);
      }
    };
  }

  @Override
  public PartnerTransport around(PartnerTransport transport) {
    return further.around(
        new PartnerTransport() {
          @Override
          public boolean carries(String endpoint) {
            return transport.carries(endpoint);
          }

          @Override
          public Attempt send(Consignment consignment) {
            return time.isDead() ? failed("The node is dead") : dial(transport, consignment);
          }
        });
  }

  /** A partner's time to answer is virtual, too. */
  private Attempt dial(PartnerTransport transport, Consignment consignment) {
    if (Destination.process(consignment.endpoint()).isPresent()) {
      // Another process answers in virtual time by itself.
      return transport.send(consignment);
    }
    watch.dialling(consignment.endpoint());
    var coming = new CompletableFuture<Attempt>();
    time.workBegins();
    Thread.startVirtualThread(
        () -> {
          try {
            coming.complete(transport.send(onTheWire(consignment)));
          } finally {
            time.workEnds();
          }
        });
    try {
      return time.await(coming, consignment.timeout());
    } catch (TimeoutException e) {
      return failed("No answer from %s in time".formatted(consignment.endpoint()));
    } catch (ExecutionException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("The node is gone");
    }
  }

  private static Consignment onTheWire(Consignment consignment) {
    return new Consignment(
        consignment.message(),
        consignment.port(),
        consignment.operation(),
        consignment.endpoint(),
        consignment.wireId(),
        WIRE,
        consignment.fault(),
        consignment.given());
  }

  private static Attempt failed(String reason) {
    return new Attempt.Failed(reason, false, true);
  }
}
