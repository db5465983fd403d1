package dev.parley.expression;

import dev.parley.message.Body;
import java.io.ByteArrayOutputStream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stax.StAXSource;
import net.sf.saxon.event.Builder;
import net.sf.saxon.om.CopyOptions;
import net.sf.saxon.om.NodeInfo;
import net.sf.saxon.om.TreeModel;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.Serializer;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.type.Type;
import org.jspecify.annotations.Nullable;

/** Elements between bytes and trees. */
final class Trees {
  private static final String BODY = "dev.parley.body";

  private Trees() {}

  /** The element as the only child of a document node. */
  static NodeInfo parse(Body body) {
    try {
      var reader = Xml.reader(body);
      try {
        var tree = Saxon.CONFIGURATION.buildDocumentTree(new StAXSource(reader));
        tree.setUserData(BODY, body);
        return element(tree.getRootNode());
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | XPathException e) {
      throw Xml.malformed(e);
    } catch (RuntimeException e) {
      throw EvaluationException.of(e);
    }
  }

  /** A copy without what is around it, as it will be after it has been stored. */
  static NodeInfo copy(NodeInfo element) {
    var known = bodyOf(element);
    if (known != null) {
      return element;
    }
    try {
      var pipeline = Saxon.CONFIGURATION.makePipelineConfiguration();
      Builder builder = TreeModel.TINY_TREE.makeBuilder(pipeline);
      builder.open();
      builder.startDocument(0);
      element.copy(builder, CopyOptions.ALL_NAMESPACES, element.saveLocation());
      builder.endDocument();
      builder.close();
      return element(builder.getCurrentRoot());
    } catch (XPathException e) {
      throw new EvaluationException(Diagnosis.of(e));
    }
  }

  /** The bytes it was parsed from, where it is all of them; else serialised. */
  static Body serialise(NodeInfo element) {
    var known = bodyOf(element);
    if (known != null) {
      return known;
    }
    var bytes = new ByteArrayOutputStream(256);
    var serializer = Saxon.PROCESSOR.newSerializer(bytes);
    serializer.setOutputProperty(Serializer.Property.METHOD, "xml");
    serializer.setOutputProperty(Serializer.Property.ENCODING, "UTF-8");
    serializer.setOutputProperty(Serializer.Property.OMIT_XML_DECLARATION, "yes");
    serializer.setOutputProperty(Serializer.Property.INDENT, "no");
    try {
      serializer.serializeNode(new XdmNode(element));
    } catch (SaxonApiException e) {
      throw new EvaluationException("Cannot write the element: " + e.getMessage());
    }
    return Body.of(bytes.toByteArray());
  }

  static QName name(NodeInfo element) {
    return new QName(element.getNamespaceUri().toString(), element.getLocalPart());
  }

  /** The only element of a document. */
  static NodeInfo element(NodeInfo document) {
    NodeInfo found = null;
    for (var child : document.children()) {
      if (child.getNodeKind() == Type.ELEMENT) {
        if (found != null) {
          throw new EvaluationException("Expected a document with one element, found several");
        }
        found = child;
      } else if (child.getNodeKind() == Type.TEXT) {
        throw new EvaluationException("Expected a document with one element, found text beside it");
      }
    }
    if (found == null) {
      throw new EvaluationException("Expected a document with one element, found it empty");
    }
    return found;
  }

  private static @Nullable Body bodyOf(NodeInfo element) {
    var parent = element.getParent();
    return parent != null
            && parent.getNodeKind() == Type.DOCUMENT
            && element.getTreeInfo().getUserData(BODY) instanceof Body body
        ? body
        : null;
  }
}
