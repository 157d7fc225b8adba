package io.sparknn.nn.plan;

import java.util.ArrayList;
import java.util.Collection;
import scala.collection.Iterator;
import scala.collection.immutable.$colon$colon;
import scala.collection.immutable.List;
import scala.collection.immutable.Nil$;

/** Scala's lists by means that both of its lines have. */
final class Lists {
    private Lists() {}

    static <T> List<T> none() {
        return of(java.util.List.of());
    }

    static <T> List<T> one(T item) {
        return of(java.util.List.of(item));
    }

    @SuppressWarnings("unchecked")
    static <T> List<T> of(Collection<? extends T> items) {
        List<T> list = (List<T>) (List<?>) Nil$.MODULE$;
        java.util.List<T> all = new ArrayList<>(items);
        for (int i = all.size() - 1; i >= 0; i--) {
            list = new $colon$colon<>(all.get(i), list);
        }
        return list;
    }

    @SuppressWarnings("unchecked")
    static <T> java.util.List<T> toJava(Object sequence) {
        java.util.List<T> items = new ArrayList<>();
        Iterator<T> all = ((scala.collection.Iterable<T>) sequence).iterator();
        while (all.hasNext()) {
            items.add(all.next());
        }
        return items;
    }
}
