package dev.parley.bench;

import dev.parley.bench.Workload.Operation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A message on the wire; what differs from the next one is written over in place. */
final class Request {
  static final int ENVELOPE_BYTES = 1024;
  private static final int DIGITS = 16;
  private static final String KEY = "{{{{{{KEY}}}}}}}";
  private static final String IDENTITY = "{{{{IDENTITY}}}}";
  private static final int LINES = 6;

  final Operation operation;
  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final byte[] key = new byte[DIGITS];
  private final int keyAt;
  private final int identityAt;

  Request(Operation operation, String authority) {
    this.operation = operation;
    String text = text(operation, authority);
    bytes = text.getBytes(StandardCharsets.US_ASCII);
    buffer = ByteBuffer.allocateDirect(bytes.length);
    keyAt = text.indexOf(KEY);
    identityAt = text.indexOf(IDENTITY);
  }

  /** What to write, until the next call. */
  ByteBuffer with(long keyValue, long identity) {
    digits(keyValue, key, 0);
    System.arraycopy(key, 0, bytes, keyAt, DIGITS);
    digits(identity, bytes, identityAt);
    return buffer.clear().put(bytes).flip();
  }

  /** The key's digits as last written. */
  byte[] key() {
    return key;
  }

  /** An envelope with this key. */
  static String envelope(Operation operation, long key) {
    return envelope(operation).replace(KEY, digits(key));
  }

  static String envelope(Operation operation) {
    String name = operation.element;
    var start =
        new StringBuilder("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">")
            .append("<s:Body><b:%s xmlns:b=\"urn:parley:bench\">".formatted(name))
            .append("<b:id>%s</b:id><b:customer>Cooper &amp; Sons</b:customer>".formatted(KEY));
    for (int i = 0; i < LINES; i++) {
      start
          .append("<b:line><b:item>A-4711/%02d</b:item>".formatted(i))
          .append("<b:quantity>3</b:quantity><b:price>19.95</b:price></b:line>");
    }
    start.append("<b:note>");
    String end = "</b:note></b:%s></s:Body></s:Envelope>".formatted(name);
    int room = ENVELOPE_BYTES - start.length() - end.length();
    return start.append("n".repeat(room)).append(end).toString();
  }

  private static String text(Operation operation, String authority) {
    String envelope = envelope(operation);
    return """
    POST %s HTTP/1.1
    Host: %s
    Content-Type: text/xml; charset=UTF-8
    Accept: text/xml
    SOAPAction: "urn:parley:bench:%s"
    Idempotency-Key: %s
    Content-Length: %d

    """
            .formatted(operation.path, authority, operation.element, IDENTITY, envelope.length())
            .replace("\n", "\r\n")
        + envelope;
  }

  /** As keys and identities are written. */
  static String digits(long value) {
    byte[] digits = new byte[DIGITS];
    digits(value, digits, 0);
    return new String(digits, StandardCharsets.US_ASCII);
  }

  /** Over what is there. */
  static void digits(long value, byte[] into, int at) {
    long rest = value;
    for (int i = at + DIGITS - 1; i >= at; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
