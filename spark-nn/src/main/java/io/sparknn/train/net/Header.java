package io.sparknn.train.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first bytes of every message.
 *
 * @param number the round of {@link Kind#DATA}, else how many bytes all pieces of the message have together
 */
record Header(Kind kind, Ticket ticket, int from, int to, int number) {
    static final int BYTES = 36;

    /** Little-endian, as the processors are that it is written for: floats are then copied as they lie. */
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    void write(ByteBuffer out) {
        out.putInt(kind.code())
                .putLong(ticket.high())
                .putLong(ticket.low())
                .putInt(ticket.attempt())
                .putInt(from)
                .putInt(to)
                .putInt(number);
    }

    ByteBuf bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ORDER);
        write(bytes);
        return Unpooled.wrappedBuffer(bytes.flip());
    }

    static Header read(ByteBuffer in) {
        if (in.remaining() < BYTES) {
            throw new IllegalArgumentException("a message begins with " + BYTES + " bytes of header, got "
                    + in.remaining() + "; is another program calling?");
        }
        in.order(ORDER);
        Kind kind = Kind.of(in.getInt());
        Ticket ticket = new Ticket(in.getLong(), in.getLong(), in.getInt());
        return new Header(kind, ticket, in.getInt(), in.getInt(), in.getInt());
    }
}
