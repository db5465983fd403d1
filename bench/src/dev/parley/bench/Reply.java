package dev.parley.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole HTTP/1.1 response on a connection that stays open (RFC 9112, section 6.3).
 *
 * @param bodyFrom where its entity begins
 * @param end where it ends
 */
record Reply(int status, int bodyFrom, int end) {
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final byte[] LAST_CHUNK = {'\r', '\n', '0', '\r', '\n', '\r', '\n'};

  /** Empty while something is missing. */
  static Optional<Reply> read(byte[] bytes, int length) {
    int headEnd = indexOf(bytes, 0, length, HEAD_END);
    if (headEnd < 0) {
      return Optional.empty();
    }
    String head =
        new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    if (!head.startsWith("http/1.1 ") || head.contains("\r\nconnection: close")) {
      throw new BenchException("Expected HTTP/1.1 and an open connection, but found: " + head);
    }
    int status = Integer.parseInt(head, 9, 12, 10);
    int bodyFrom = headEnd + HEAD_END.length;
    int end = end(head, bodyFrom, bytes, length);
    return end < 0 || end > length
        ? Optional.empty()
        : Optional.of(new Reply(status, bodyFrom, end));
  }

  /** The position of some bytes, or -1. */
  static int indexOf(byte[] bytes, int from, int to, byte[] sought) {
    for (int i = from; i <= to - sought.length; i++) {
      int matching = 0;
      while (matching < sought.length && bytes[i + matching] == sought[matching]) {
        matching++;
      }
      if (matching == sought.length) {
        return i;
      }
    }
    return -1;
  }

  private static int end(String head, int bodyFrom, byte[] bytes, int length) {
    Matcher contentLength = LENGTH.matcher(head);
    if (contentLength.find()) {
      return bodyFrom + Integer.parseInt(contentLength.group(1));
    }
    if (!head.contains("\r\ntransfer-encoding: chunked")) {
      throw new BenchException("Expected a length or chunks, but found: " + head);
    }
    // The head's last line end is the one before a last chunk that is the only one.
    int last = indexOf(bytes, bodyFrom - 2, length, LAST_CHUNK);
    return last < 0 ? -1 : last + LAST_CHUNK.length;
  }
}
