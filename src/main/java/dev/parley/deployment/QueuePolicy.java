package dev.parley.deployment;

import dev.parley.message.Body;
import java.time.Duration;
import java.util.Map;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message that no enabled receive takes.
 *
 * @param keepEarly how long an early message waits; null: until its conversation ends
 * @param onSuspended what becomes of a message whose instance is suspended
 * @param earlyFault what a rejected early message is told
 * @param lateFault what a rejected late message is told
 * @param origins id of the element that says it, by setting; absent: the gateway says it
 */
public record QueuePolicy(
    Choice onEarly,
    @Nullable Duration keepEarly,
    Choice onUnknown,
    Duration keepUnknown,
    Choice onLate,
    HeldKey onHeldKey,
    Bounds bounds,
    Full onFull,
    Choice onSuspended,
    RejectionFault earlyFault,
    RejectionFault lateFault,
    Map<String, String> origins) {
  public QueuePolicy {
    origins = Map.copyOf(origins);
  }

  /** As the gateway says it. */
  public QueuePolicy(
      Choice onEarly,
      @Nullable Duration keepEarly,
      Choice onUnknown,
      Duration keepUnknown,
      Choice onLate,
      HeldKey onHeldKey,
      Bounds bounds,
      Full onFull,
      Choice onSuspended,
      RejectionFault earlyFault,
      RejectionFault lateFault) {
    this(
        onEarly,
        keepEarly,
        onUnknown,
        keepUnknown,
        onLate,
        onHeldKey,
        bounds,
        onFull,
        onSuspended,
        earlyFault,
        lateFault,
        Map.of());
  }

  /**
   * A fault that the operation declares.
   *
   * @param name empty: the gateway's own fault instead
   * @param bearsReason whether the reason is the text of its element, which is empty otherwise
   */
  public record RejectionFault(String name, boolean bearsReason) {
    public static final RejectionFault NONE = new RejectionFault("", false);

    public boolean isNone() {
      return name.isEmpty();
    }

    /** The fault's element with a text, or an empty one. */
    public static Body detail(QName element, String text) {
      return Body.of(
          "<f:%1$s xmlns:f=\"%2$s\">%3$s</f:%1$s>"
              .formatted(
                  element.getLocalPart(),
                  element.getNamespaceURI(),
                  text.replace("&", "&amp;").replace("<", "&lt;")));
    }
  }

  /** The same but for its faults. */
  QueuePolicy with(RejectionFault early, RejectionFault late) {
    return new QueuePolicy(
        onEarly,
        keepEarly,
        onUnknown,
        keepUnknown,
        onLate,
        onHeldKey,
        bounds,
        onFull,
        onSuspended,
        early,
        late,
        origins);
  }

  /**
   * How many messages may wait.
   *
   * @param perConversation for one operation under one key
   * @param perOperation for one operation of the process
   * @param bytes of their bodies, for one operation of the process
   */
  public record Bounds(int perConversation, int perOperation, long bytes) {
    public static final Bounds DEFAULT = new Bounds(100, 10_000, 64L << 20);
  }

  /** What becomes of a message that would wait where a bound is reached. */
  public enum Full {
    REJECT,
    DROP_OLDEST
  }

  /** Queue it, refuse it, or accept and drop it. */
  public enum Choice {
    QUEUE,
    REJECT,
    DISCARD
  }

  /**
   * What becomes of a starting message whose key a live instance holds that can never receive it.
   */
  public enum HeldKey {
    REFUSE,
    /** It waits until that instance has ended, and starts one then. */
    QUEUE,
    ALLOW
  }

  public static final QueuePolicy DEFAULT =
      new QueuePolicy(
          Choice.QUEUE,
          null,
          Choice.QUEUE,
          Duration.ofHours(1),
          Choice.REJECT,
          HeldKey.REFUSE,
          Bounds.DEFAULT,
          Full.REJECT,
          Choice.QUEUE,
          RejectionFault.NONE,
          RejectionFault.NONE);
}
