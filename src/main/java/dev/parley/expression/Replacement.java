package dev.parley.expression;

import java.util.Objects;
import net.sf.saxon.event.Builder;
import net.sf.saxon.om.AttributeInfo;
import net.sf.saxon.om.AttributeMap;
import net.sf.saxon.om.CopyOptions;
import net.sf.saxon.om.NameOfNode;
import net.sf.saxon.om.NamespaceMap;
import net.sf.saxon.om.NodeInfo;
import net.sf.saxon.om.TreeModel;
import net.sf.saxon.str.StringView;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.type.BuiltInAtomicType;
import net.sf.saxon.type.Type;
import net.sf.saxon.type.Untyped;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an element in which one node has the content of another value (WS-BPEL 2.0, 8.4.2:
 * replacing element, text and attribute content; the name of what is replaced stays).
 */
public final class Replacement {
  private final NodeInfo target;
  private final Value content;
  private final Builder builder;

  private Replacement(NodeInfo target, Value content) {
    this.target = target;
    this.content = content;
    this.builder = TreeModel.TINY_TREE.makeBuilder(Saxon.CONFIGURATION.makePipelineConfiguration());
  }

  /**
   * The copy of an element. Throws EvaluationException where what was selected is not one node of
   * it.
   */
  public static Value of(Value element, Value selected, Value content) {
    var tree = element.node();
    var found = selected.evaluated();
    if (tree.isEmpty()
        || found.getLength() != 1
        || !(found.head() instanceof NodeInfo target)
        || !target.getTreeInfo().equals(tree.get().getTreeInfo())
        || target.getNodeKind() == Type.DOCUMENT) {
      throw new EvaluationException(
          "Expected one node of the target to assign to, found "
              + (found.getLength() == 1 ? "something else" : found.getLength() + " items"));
    }
    if (content.evaluated().getLength() != 1) {
      throw new EvaluationException(
          "Expected one element or one simple value to assign, found " + content);
    }
    return Value.result(copy(tree.get(), target, content));
  }

  private static NodeInfo copy(NodeInfo element, NodeInfo target, Value content) {
    try {
      var replacement = new Replacement(target, content);
      replacement.builder.open();
      replacement.builder.startDocument(0);
      replacement.copy(element);
      replacement.builder.endDocument();
      replacement.builder.close();
      return Trees.element(replacement.builder.getCurrentRoot());
    } catch (XPathException e) {
      throw new EvaluationException(Diagnosis.of(e));
    }
  }

  private void copy(NodeInfo node) throws XPathException {
    if (node.isSameNodeInfo(target)) {
      replace(node);
    } else if (node.getNodeKind() == Type.ELEMENT && holdsTarget(node)) {
      start(node, attributes(node), node.getAllNamespaces());
      for (var child : node.children()) {
        copy(child);
      }
      builder.endElement();
    } else {
      node.copy(builder, CopyOptions.ALL_NAMESPACES, node.saveLocation());
    }
  }

  private boolean holdsTarget(NodeInfo node) {
    var at = parent(target);
    while (at != null && !at.isSameNodeInfo(node)) {
      at = parent(at);
    }
    return at != null;
  }

  private static @Nullable NodeInfo parent(NodeInfo node) {
    return (NodeInfo) node.getParent();
  }

  private AttributeMap attributes(NodeInfo element) {
    boolean own =
        target.getNodeKind() == Type.ATTRIBUTE
            && element.isSameNodeInfo(Objects.requireNonNull(parent(target)));
    return own
        ? element
            .attributes()
            .put(
                new AttributeInfo(
                    NameOfNode.makeName(target),
                    BuiltInAtomicType.UNTYPED_ATOMIC,
                    content.asText(),
                    element.saveLocation(),
                    0))
        : element.attributes();
  }

  private void replace(NodeInfo node) throws XPathException {
    var source = content.node();
    if (node.getNodeKind() != Type.ELEMENT) {
      text(content.asText(), node);
    } else if (source.isPresent()) {
      start(node, source.get().attributes(), source.get().getAllNamespaces());
      for (var child : source.get().children()) {
        child.copy(builder, CopyOptions.ALL_NAMESPACES, child.saveLocation());
      }
      builder.endElement();
    } else {
      start(node, node.attributes(), node.getAllNamespaces());
      text(content.asText(), node);
      builder.endElement();
    }
  }

  private void start(NodeInfo named, AttributeMap attributes, NamespaceMap namespaces)
      throws XPathException {
    var name = NameOfNode.makeName(named);
    var declared = namespaces.put(name.getPrefix(), name.getNamespaceUri());
    builder.startElement(
        name, Untyped.getInstance(), attributes, declared, named.saveLocation(), 0);
  }

  private void text(String text, NodeInfo at) throws XPathException {
    builder.characters(StringView.of(text), at.saveLocation(), 0);
  }
}
