package dev.parley.soap;

import java.io.IOException;

/** An entity has more bytes than allowed. */
final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLargeException(long limit) {
    super("The message is larger than " + limit + " bytes");
  }
}
