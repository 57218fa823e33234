using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Redactor.Locate;

/// <summary>One field as it lies in a buffer.</summary>
/// <param name="Number">Field number.</param>
/// <param name="Type">Wire type.</param>
/// <param name="TagStart">Offset of the tag.</param>
/// <param name="ValueStart">Offset behind the tag: of the length, if it has one, else of the value.</param>
/// <param name="Start">Offset of the content: behind the length, if there is one.</param>
/// <param name="Length">Length of the content in bytes.</param>
/// <param name="Value">The number itself, of a number.</param>
public readonly record struct WireField(int Number, WireType Type, int TagStart, int ValueStart, int Start, int Length, ulong Value)
{
    /// <summary>Offset behind the last byte.</summary>
    public int End => Start + Length;
}

/// <summary>Reads the fields of one message in a buffer, one after the other, and believes no length before it has checked it.</summary>
public ref struct ProtobufReader
{
    private const int MaxVarintLength = 10;
    private readonly ReadOnlySpan<byte> buffer;
    private readonly int end;
    private int position;

    /// <summary>Reads the message that lies in <paramref name="buffer"/> from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public ProtobufReader(ReadOnlySpan<byte> buffer, int start, int end)
    {
        this.buffer = buffer;
        this.end = end;
        position = start;
    }

    /// <summary>Whether every byte has been read.</summary>
    public readonly bool AtEnd => position == end;

    /// <summary>Goes on at a place where a field starts.</summary>
    public void GoTo(int place) => position = place;

    /// <summary>
    /// Reads one field. False if there is none that is valid: truncated, a length beyond the message, field number 0, a number that
    /// does not fit, or a group, which OTLP never had and protobuf gave up.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out WireField field)
    {
        // Nearly all of what OTLP consists of: a tag of one byte and a length of one.
        if (end - position >= 2 && (buffer[position] & 0x87) == (byte)WireType.Length && buffer[position] > 7 && buffer[position + 1] is < 0x80 and byte length && length <= end - position - 2)
        {
            field = new WireField(buffer[position] >> 3, WireType.Length, position, position + 1, position + 2, length, length);
            position += 2 + length;
            return true;
        }

        // Static, so that the position stays in a register; and one by one, as a struct that was just written in parts is slow to copy as a whole.
        int next = ReadAny(buffer, position, end, out ulong tag, out int valueStart, out int start, out ulong value);
        field = new WireField((int)(tag >> 3), (WireType)(tag & 7), position, valueStart, start, next - start, value);
        position = next < 0 ? position : next;
        return next >= 0;
    }

    /// <summary>Reads the field at a position and returns where the next one is; -1 if there is none that is valid.</summary>
    private static int ReadAny(ReadOnlySpan<byte> buffer, int position, int end, out ulong tag, out int valueStart, out int start, out ulong value)
    {
        value = 0;
        start = valueStart = ReadVarint(buffer, position, end, out tag);
        if (valueStart < 0 || tag > uint.MaxValue || tag >> 3 == 0)
        {
            return -1;
        }

        switch ((WireType)(tag & 7))
        {
            case WireType.Varint:
                return ReadVarint(buffer, valueStart, end, out value);
            case WireType.Fixed64 when end - valueStart >= sizeof(ulong):
                value = BinaryPrimitives.ReadUInt64LittleEndian(buffer[valueStart..]);
                return valueStart + sizeof(ulong);
            case WireType.Fixed32 when end - valueStart >= sizeof(uint):
                return valueStart + sizeof(uint);
            case WireType.Length:
                start = ReadVarint(buffer, valueStart, end, out value);
                return start >= 0 && value <= (ulong)(end - start) ? start + (int)value : -1;
            default:
                return -1;
        }
    }

    /// <summary>Reads a number and returns where it ends; -1 if it does not, or has more than 64 bits.</summary>
    private static int ReadVarint(ReadOnlySpan<byte> buffer, int position, int end, out ulong value)
    {
        // Nearly all tags and lengths have one byte.
        if (position < end && buffer[position] is < 0x80 and byte only)
        {
            value = only;
            return position + 1;
        }

        return ReadLongVarint(buffer, position, end, out value);
    }

    private static int ReadLongVarint(ReadOnlySpan<byte> buffer, int position, int end, out ulong value)
    {
        value = 0;
        for (int i = 0; i < MaxVarintLength && position < end; i++)
        {
            byte b = buffer[position++];
            if (i == MaxVarintLength - 1 && b > 1)
            {
                return -1;
            }

            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                return position;
            }
        }

        return -1;
    }
}
