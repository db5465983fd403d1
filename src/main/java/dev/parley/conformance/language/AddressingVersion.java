package dev.parley.conformance.language;

import java.util.Arrays;
import java.util.Optional;

/** A version of WS-Addressing, by the names that cases call it. */
public enum AddressingVersion {
  /** The recommendation of 2006. */
  CORE(
      "1.0",
      "http://www.w3.org/2005/08/addressing",
      "http://www.w3.org/2005/08/addressing/anonymous"),
  /** The member submission, which older stacks speak. */
  SUBMISSION(
      "2004/08",
      "http://schemas.xmlsoap.org/ws/2004/08/addressing",
      "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous");

  private static final String NONE = "http://www.w3.org/2005/08/addressing/none";

  private final String shown;
  private final String namespace;
  private final String anonymous;

  AddressingVersion(String shown, String namespace, String anonymous) {
    this.shown = shown;
    this.namespace = namespace;
    this.anonymous = anonymous;
  }

  static AddressingVersion of(String shown) {
    return shown.equals(SUBMISSION.shown) ? SUBMISSION : CORE;
  }

  /** The version whose headers are in this namespace. */
  public static Optional<AddressingVersion> ofNamespace(String namespace) {
    return Arrays.stream(values()).filter(v -> v.namespace.equals(namespace)).findFirst();
  }

  public String namespace() {
    return namespace;
  }

  /** An address as it travels: {@code anonymous} and {@code none} are short for their URIs. */
  String address(String written) {
    return switch (written) {
      case "anonymous" -> anonymous;
      case "none" -> NONE;
      default -> written;
    };
  }

  @Override
  public String toString() {
    return shown;
  }
}
