package dev.parley.soap;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What HTTP alone decides: address, method, media type, size; the rest is the endpoint's. */
final class SoapServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SoapServlet.class);

  private final transient Services services;
  private final transient SoapSettings settings;

  /** What is hosted. */
  interface Services {
    Optional<SoapEndpoint> at(String path);

    Optional<byte[]> page(SoapEndpoint endpoint, String base, String query);
  }

  SoapServlet(Services services, SoapSettings settings) {
    this.services = services;
    this.settings = settings;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      var endpoint = services.at(request.getRequestURI());
      if (endpoint.isEmpty()) {
        text(response, 404, "There is no service at this address.");
      } else if ("POST".equals(request.getMethod())) {
        post(endpoint.get(), request, response);
      } else {
        get(endpoint.get(), request, response);
      }
    } catch (RuntimeException e) {
      String incident = UUID.randomUUID().toString();
      LOG.error("Incident {}: an HTTP request could not be processed", incident, e);
      if (!response.isCommitted()) {
        response.reset();
        text(response, 500, "The gateway could not process the request; incident " + incident);
      }
    }
  }

  private void post(SoapEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var entity = Request.of(request);
    @Nullable String coding = request.getHeader("Content-Encoding");
    if (!entity.isSoap() || !entity.hasKnownCharset()) {
      text(
          response,
          415,
          "Expected Content-Type text/xml or application/soap+xml in a known charset.");
    } else if (coding != null && !coding.equalsIgnoreCase("identity")) {
      text(response, 415, "Expected an entity without Content-Encoding.");
    } else if (request.getContentLengthLong() > settings.maxMessageBytes()) {
      text(response, 413, "The message is larger than " + settings.maxMessageBytes() + " bytes.");
    } else {
      endpoint.serve(getServletContext(), request, response);
    }
  }

  private void get(SoapEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    @Nullable String query = request.getQueryString();
    String base = base(request);
    if (!"GET".equals(request.getMethod()) || query == null || !WsdlPages.asksForOne(query)) {
      response.setHeader("Allow", "POST");
      text(
          response,
          405,
          "This address takes SOAP messages by POST; its WSDL is at %s?wsdl"
              .formatted(base + request.getRequestURI()));
      return;
    }
    var page = services.page(endpoint, base, query);
    if (page.isPresent()) {
      write(response, 200, "text/xml; charset=UTF-8", page.get());
    } else {
      text(response, 404, "There is no such document.");
    }
  }

  private String base(HttpServletRequest request) {
    @Nullable String configured = settings.publicAddress();
    if (configured != null) {
      return configured;
    }
    String url = request.getRequestURL().toString();
    return url.substring(0, url.length() - request.getRequestURI().length());
  }

  private static void text(HttpServletResponse response, int status, String line)
      throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    write(response, status, "text/plain; charset=UTF-8", bytes);
  }

  private static void write(
      HttpServletResponse response, int status, String contentType, byte[] bytes)
      throws IOException {
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
