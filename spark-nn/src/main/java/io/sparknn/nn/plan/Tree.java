package io.sparknn.nn.plan;

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.collection.IndexedSeq;
import scala.collection.Seq;

/**
 * The methods of a plan's node as Scala 2.12 calls them: there a sequence is any, in 2.13 an immutable one. A class that
 * implements these and extends a class of the other line returns a list, which is both.
 */
interface Tree<N extends TreeNode<N>> {
    Seq<Attribute> output();

    Seq<SortOrder> outputOrdering();

    Seq<N> children();

    TreeNode<N> withNewChildrenInternal(IndexedSeq<N> children);
}
