package dev.parley.soap;

import dev.parley.message.Body;
import dev.parley.wsdl.SoapVersion;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * An envelope that was read to its end.
 *
 * @param root the body's element; null when the body is empty
 * @param surelyValid the body was held to its schema while it was read, and fits it
 */
record Envelope(
    SoapVersion version, Header header, @Nullable QName root, Body body, boolean surelyValid) {

  Addressing addressing() {
    return header.addressing();
  }
}
