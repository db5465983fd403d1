package dev.parley.soap;

import java.nio.file.Path;
import javax.wsdl.Definition;
import javax.wsdl.WSDLException;
import org.apache.cxf.Bus;
import org.apache.cxf.BusException;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.wsdl11.WSDLManagerImpl;

/** CXF's bus, with its log in ours and its cache of WSDL documents out of the way. */
final class CxfBus {
  private CxfBus() {}

  static Bus create() {
    // Read once, when CXF's first class is loaded.
    System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
    return new ExtensionManagerBus();
  }

  /** Reads documents afresh: CXF would take an edited file for the one that it has seen. */
  static final class Documents extends WSDLManagerImpl {
    Documents(Bus bus) throws BusException {
      setBus(bus);
    }

    Definition read(Path file) throws WSDLException {
      return loadDefinition(file.toUri().toString());
    }
  }
}
