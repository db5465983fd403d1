package dev.parley.expression;

import net.sf.saxon.om.GroundedValue;
import net.sf.saxon.trans.XPathException;

/** What a compiler made of an expression's text; evaluated to the end, nothing is left lazy. */
interface Program {
  GroundedValue run(Environment environment) throws XPathException;
}
