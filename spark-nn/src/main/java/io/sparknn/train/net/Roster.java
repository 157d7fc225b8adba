package io.sparknn.train.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is where: the workers of an attempt, grouped by JVM. Groups are in order of their lowest rank. */
final class Roster {
    private final Member[] members;
    private final int[][] groups;
    private final int[] groupOf;
    private final int[] localRankOf;

    Roster(Member[] members) {
        this.members = members;
        this.groupOf = new int[members.length];
        this.localRankOf = new int[members.length];
        Map<Long, List<Integer>> bySite = new LinkedHashMap<>();
        for (Member member : members) {
            bySite.computeIfAbsent(member.site(), site -> new ArrayList<>()).add(member.rank());
        }
        this.groups = new int[bySite.size()][];
        for (List<Integer> ranks : bySite.values()) {
            int group = groupOf(ranks.get(0), bySite);
            groups[group] = ranks.stream().mapToInt(Integer::intValue).toArray();
            for (int i = 0; i < groups[group].length; i++) {
                groupOf[groups[group][i]] = group;
                localRankOf[groups[group][i]] = i;
            }
        }
    }

    private int groupOf(int rank, Map<Long, List<Integer>> bySite) {
        return new ArrayList<>(bySite.keySet()).indexOf(members[rank].site());
    }

    int size() {
        return members.length;
    }

    Member member(int rank) {
        return members[rank];
    }

    /** How many JVMs there are. */
    int groups() {
        return groups.length;
    }

    /** The ranks in a JVM, ascending. */
    int[] group(int index) {
        return groups[index];
    }

    int groupOf(int rank) {
        return groupOf[rank];
    }

    int localRankOf(int rank) {
        return localRankOf[rank];
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(members.length);
            for (Member member : members) {
                member.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Roster of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Member[] members = new Member[in.readInt()];
            for (int i = 0; i < members.length; i++) {
                members[i] = Member.read(in);
            }
            return new Roster(members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
