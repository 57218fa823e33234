using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Redactor.Locate;

/// <summary>
/// Half of a request are attributes, one behind the other, and nearly all of them a key and behind it a text or a small number, with lengths of one byte: these are taken apart
/// at once, without asking of each field what it is.
/// </summary>
public readonly ref partial struct ProtobufUnits
{
    // KeyValue.key (1), KeyValue.value (2); AnyValue.string_value (1), bool_value (2), int_value (3).
    private const byte KeyTag = (1 << 3) | (byte)WireType.Length, ValueTag = (2 << 3) | (byte)WireType.Length;
    private const byte TextTag = (1 << 3) | (byte)WireType.Length, BoolTag = (2 << 3) | (byte)WireType.Varint, IntTag = (3 << 3) | (byte)WireType.Varint;

    /// <summary>How long a pair and what is read at once behind it may be: the pair less than 128 bytes with two of its own, a step of copying, and the header of the next one.</summary>
    private const int MostOfPair = 256;

    /// <summary>Takes the pairs from a place on, as long as each is as nearly all are. Not those of profiles, whose keys are numbers: bytes in place of one are an unknown field.</summary>
    /// <param name="type">The type of the pairs.</param>
    /// <param name="start">Where the first one's tag is.</param>
    /// <param name="end">Where the message that they are in ends.</param>
    /// <param name="depth">How many messages deep the pairs are.</param>
    /// <param name="behind">Where the first field is that was not taken.</param>
    /// <returns>Whether there was any.</returns>
    private bool TryTakePairs(OtlpMessage type, int start, int end, int depth, out int behind)
    {
        behind = start;
        if (depth >= LocateLimits.MaxNesting || type.Find(KeyTag >> 3)!.Kind != FieldKind.Name || payload[start] >= 0x80)
        {
            return false;
        }

        int at = start, last = Math.Min(end, payload.Length - MostOfPair);
        uint tags = payload[start] | ((uint)KeyTag << 16);
        while (at < last)
        {
            // A tag, the length of the pair, the tag of its key, and the length of that; then the same of the value and what it holds.
            ReadOnlySpan<byte> pair = payload.Slice(at, MostOfPair);
            uint header = BinaryPrimitives.ReadUInt32LittleEndian(pair);
            int length = (int)(header >> 8) & 0xFF, key = (int)(header >> 24), value = length - key - 4, next = at + 2 + length;
            if ((header & 0x00FF80FF) != tags || value < 2 || next > end)
            {
                break;
            }

            ReadOnlySpan<byte> content = pair[(key + 4)..];
            uint inner = BinaryPrimitives.ReadUInt32LittleEndian(content);
            bool isText = inner == (ValueTag | ((uint)value << 8) | ((uint)TextTag << 16) | ((uint)(value - 2) << 24));
            if (!isText && ((inner & 0xFFFF) != (ValueTag | ((uint)value << 8)) || !IsSmallNumber(content[2..], value)))
            {
                break;
            }

            AddName(at + 4, key);
            at = next;
            if (isText)
            {
                texts.Add(payload, next - value + 2, value - 2, UnitKind.Text);
            }
        }

        behind = at;
        return at > start;
    }

    /// <summary>Whether a value is a bool or an integer of at most five bytes, which is less than <see cref="LocateLimits.MinScannedNumber"/>, and nothing behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSmallNumber(ReadOnlySpan<byte> value, int length)
    {
        const ulong goesOn = 0x8080808080;
        ulong ends = ~BinaryPrimitives.ReadUInt64LittleEndian(value[1..]) & goesOn;
        return value[0] is IntTag or BoolTag && ends != 0 && BitOperations.TrailingZeroCount(ends) >> 3 == length - 2;
    }
}
