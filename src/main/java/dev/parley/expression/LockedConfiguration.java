package dev.parley.expression;

import java.util.function.Function;
import net.sf.saxon.Configuration;
import net.sf.saxon.expr.instruct.Executable;
import net.sf.saxon.om.FocusTrackingIterator;
import net.sf.saxon.om.Item;
import net.sf.saxon.om.SequenceIterator;

/** A configuration in which whatever iterates over context items counts its steps. */
final class LockedConfiguration extends Configuration {
  @Override
  public Function<SequenceIterator, FocusTrackingIterator> getFocusTrackerFactory(
      Executable executable, boolean multithreaded) {
    return SteppingFocus::new;
  }

  private static final class SteppingFocus extends FocusTrackingIterator {
    SteppingFocus(SequenceIterator items) {
      super(items);
    }

    @Override
    public Item next() {
      Evaluation.step();
      return super.next();
    }
  }
}
