using Redactor.Locate;

namespace Redactor.Redact;

/// <summary>
/// Writes a protobuf payload with its edits: the changed fields and the lengths of the messages around them are new, everything else is
/// copied as it was. One pass from the back finds the new lengths, one from the front copies.
/// </summary>
internal static class ProtobufRewriter
{
    /// <summary>Writes the new payload.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="fields">The located fields.</param>
    /// <param name="edits">Their edits.</param>
    /// <param name="replacements">The new bytes that the edits point at.</param>
    /// <param name="target">Gives the memory; null: it is new.</param>
    public static ReadOnlyMemory<byte> Rewrite(
        ReadOnlySpan<byte> payload, ReadOnlySpan<LocatedField> fields, Span<Edit> edits, ReadOnlySpan<byte> replacements, RewriteBuffer? target)
    {
        int length = payload.Length + Measure(fields, edits);
        Memory<byte> memory = target?.Rent(length) ?? GC.AllocateUninitializedArray<byte>(length);
        Span<byte> output = memory.Span;
        int read = 0, written = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            LocatedField field = fields[i];
            Edit edit = edits[i];
            bool rewrite = edit.Kind != EditKind.None || edit.Growth != 0;

            // What lies in a field that was dropped is behind the reader already.
            if (!rewrite || field.FieldStart < read)
            {
                continue;
            }

            ReadOnlySpan<byte> kept = payload[read..(edit.Kind is EditKind.None or EditKind.ReplaceContent ? field.PrefixStart : field.FieldStart)];
            kept.CopyTo(output[written..]);
            written += kept.Length;
            read = field.End;
            switch (edit.Kind)
            {
                case EditKind.None:
                    written += WriteVarint((uint)(field.End - field.Start + edit.Growth), output[written..]);
                    read = field.Start;
                    break;
                case EditKind.ReplaceContent:
                    written += WriteVarint((uint)edit.ReplacementLength, output[written..]);
                    goto case EditKind.ReplaceField;
                case EditKind.ReplaceField:
                    replacements.Slice(edit.ReplacementStart, edit.ReplacementLength).CopyTo(output[written..]);
                    written += edit.ReplacementLength;
                    break;
            }
        }

        payload[read..].CopyTo(output[written..]);
        return memory;
    }

    /// <summary>The length of a varint in bytes.</summary>
    public static int VarintLength(uint value) => (38 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) / 7;

    /// <summary>Writes a varint and returns its length.</summary>
    public static int WriteVarint(uint value, Span<byte> destination)
    {
        int written = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[written++] = (byte)(value | 0x80);
        }

        destination[written++] = (byte)value;
        return written;
    }

    /// <summary>Carries the growth of every field to the message around it, and returns that of the payload.</summary>
    private static int Measure(ReadOnlySpan<LocatedField> fields, Span<Edit> edits)
    {
        int total = 0;
        for (int i = fields.Length - 1; i >= 0; i--)
        {
            int growth = Growth(fields[i], edits[i]);
            if (fields[i].Parent >= 0)
            {
                edits[fields[i].Parent].Growth += growth;
            }
            else
            {
                total += growth;
            }
        }

        return total;
    }

    private static int Growth(in LocatedField field, in Edit edit)
    {
        int content = field.End - field.Start;
        int prefix = field.Start - field.PrefixStart;
        return edit.Kind switch
        {
            EditKind.Drop => field.FieldStart - field.End,
            EditKind.ReplaceField => edit.ReplacementLength - (field.End - field.FieldStart),
            EditKind.ReplaceContent => edit.ReplacementLength + VarintLength((uint)edit.ReplacementLength) - content - prefix,
            _ when edit.Growth != 0 => edit.Growth + VarintLength((uint)(content + edit.Growth)) - prefix,
            _ => 0,
        };
    }
}
