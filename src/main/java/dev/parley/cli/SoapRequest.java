package dev.parley.cli;

import dev.parley.wsdl.SoapVersion;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * A message on its way to an operation.
 *
 * @param action the operation's SOAPAction; empty when it has none
 * @param idempotencyKey empty when it bears none
 */
record SoapRequest(
    URI to, SoapVersion version, String action, String envelope, String idempotencyKey) {

  /** As the versions' HTTP bindings want it (SOAP 1.1, section 6.1; SOAP 1.2 Part 2, section 7). */
  HttpRequest http() {
    var http = HttpRequest.newBuilder(to).POST(BodyPublishers.ofString(envelope));
    switch (version) {
      case SOAP_11 ->
          http.header("Content-Type", contentType()).header("SOAPAction", "\"" + action + "\"");
      case SOAP_12 -> http.header("Content-Type", contentType());
    }
    if (!idempotencyKey.isEmpty()) {
      http.header("Idempotency-Key", idempotencyKey);
    }
    return http.build();
  }

  String contentType() {
    return switch (version) {
      case SOAP_11 -> "text/xml; charset=utf-8";
      case SOAP_12 ->
          action.isEmpty()
              ? "application/soap+xml; charset=utf-8"
              : "application/soap+xml; charset=utf-8; action=\"" + action + "\"";
    };
  }
}
