package dev.parley.wsdl;

import com.ctc.wstx.sax.WstxSAXParser;
import com.ctc.wstx.stax.WstxInputFactory;
import dev.parley.message.Body;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import javax.xml.validation.Schema;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Validates with the JDK, which knows every rule of XML Schema 1.0 and explains what is broken. */
final class ExactValidation {
  private static final int IDLE = 16;
  // Bytes of messages: a validator remembers every name it has seen, so it is not kept for ever.
  private static final int LIFE = 1 << 20;
  private static final int MESSAGE = 4096;

  private final WstxInputFactory stax;
  private final Schema schema;
  private final ArrayBlockingQueue<Pass> idle = new ArrayBlockingQueue<>(IDLE);

  /**
   * @param stax hardened
   */
  ExactValidation(Schema schema, WstxInputFactory stax) {
    this.schema = schema;
    this.stax = stax;
  }

  List<String> violations(Body body) {
    var waiting = idle.poll();
    var pass = waiting == null ? new Pass() : waiting;
    var sentences = pass.run(body);
    if (pass.life > 0) {
      // Where the queue is full the pass is dropped.
      var _ = idle.offer(pass);
    }
    return sentences;
  }

  private final class Pass {
    private final WstxSAXParser parser = new WstxSAXParser(stax, false);
    private final ValidatorHandler handler = schema.newValidatorHandler();
    private int life = LIFE;

    List<String> run(Body body) {
      life -= Math.min(LIFE, body.length() + MESSAGE);
      var sentences = new Sentences();
      handler.setErrorHandler(sentences);
      parser.setContentHandler(handler);
      try {
        var source = new InputSource(new ByteArrayInputStream(body.bytes(), 0, body.length()));
        source.setEncoding("UTF-8");
        parser.parse(source);
      } catch (SAXParseException e) {
        life = 0;
        return List.of("The body is not well-formed XML: " + e.getMessage());
      } catch (SAXException e) {
        life = 0;
        sentences.add(String.valueOf(e.getMessage()));
      }
      return sentences.all();
    }
  }
}
