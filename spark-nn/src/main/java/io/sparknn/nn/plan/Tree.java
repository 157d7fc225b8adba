package io.sparknn.nn.plan;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.Product;
import scala.collection.IndexedSeq;
import scala.collection.Seq;

/**
 * What the nodes of plans have in common, which are compared by value, and their methods as Scala 2.12 calls them: there a sequence is any, in 2.13 an immutable one. A class that
 * implements these and extends a class of the other line returns a list, which is both.
 */
interface Tree<N extends TreeNode<N>> extends Product {
    /** What the node is made of, in the order of its constructor's arguments. */
    List<Object> parts();

    @Override
    default int productArity() {
        return parts().size();
    }

    @Override
    default Object productElement(int n) {
        return parts().get(n);
    }

    @Override
    default boolean canEqual(Object other) {
        return other != null && other.getClass() == getClass();
    }

    Seq<Attribute> output();

    Seq<SortOrder> outputOrdering();

    Seq<N> children();

    TreeNode<N> withNewChildrenInternal(IndexedSeq<N> children);
}
