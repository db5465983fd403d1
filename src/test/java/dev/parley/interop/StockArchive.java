package dev.parley.interop;

import interop.news.Archive;
import jakarta.jws.WebService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A partner by stock JAX-WS that keeps what it is given. */
@WebService(
    endpointInterface = "interop.news.Archive",
    targetNamespace = "urn:interop:news",
    serviceName = "ArchiveService",
    portName = "archive",
    wsdlLocation = "interop/patterns/news.wsdl")
public final class StockArchive implements Archive {
  final BlockingQueue<String> records = new LinkedBlockingQueue<>();

  @Override
  public void store(String body) {
    records.add(body);
  }
}
