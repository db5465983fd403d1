package dev.parley.conformance.report;

import dev.parley.conformance.run.CaseResult;
import dev.parley.conformance.run.CaseResult.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The XML that continuous integration servers read. */
public final class JunitReport {
  private final XMLStreamWriter out;

  private JunitReport(XMLStreamWriter out) {
    this.out = out;
  }

  /** Writes a file; its folder must be there. */
  public static void write(Path file, List<CaseResult> results) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      var out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
      new JunitReport(out).write(results);
      out.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void write(List<CaseResult> results) throws XMLStreamException {
    out.writeStartDocument("UTF-8", "1.0");
    out.writeStartElement("testsuite");
    attribute("name", "parley conform");
    attribute("tests", String.valueOf(results.size()));
    attribute("failures", String.valueOf(results.stream().filter(CaseResult::isFailed).count()));
    long notRun = results.stream().filter(r -> r.outcome() instanceof Outcome.NotRun).count();
    attribute("skipped", String.valueOf(notRun));
    attribute("errors", "0");
    for (var result : results) {
      write(result);
    }
    out.writeEndElement();
    out.writeEndDocument();
  }

  private void write(CaseResult result) throws XMLStreamException {
    out.writeStartElement("testcase");
    attribute("classname", result.played().folder());
    attribute("name", result.played().name());
    attribute("file", result.played().file().toString());
    attribute("time", String.valueOf((double) result.took().toMillis() / 1000));
    switch (result.outcome()) {
      case Outcome.Passed _ -> {}
      case Outcome.Failed failed -> {
        out.writeStartElement("failure");
        attribute("message", readable(failed.reason()));
        out.writeCharacters(readable(String.join("\n", TextReport.details(result))));
        out.writeEndElement();
      }
      case Outcome.NotRun(var reason) -> {
        out.writeStartElement("skipped");
        attribute("message", reason);
        out.writeEndElement();
      }
    }
    out.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    out.writeAttribute(name, value);
  }

  /** XML cannot hold control characters, and what came over a wire may have some. */
  private static String readable(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "?");
  }
}
