using Redactor.Locate;

namespace Redactor.Redact;

/// <summary>Writes a JSON payload with its edits; everything else is copied as it was.</summary>
internal static class JsonRewriter
{
    /// <summary>Writes the new payload.</summary>
    /// <param name="payload">The JSON value.</param>
    /// <param name="fields">The located tokens.</param>
    /// <param name="edits">Their edits.</param>
    /// <param name="replacements">The new bytes that the edits point at.</param>
    /// <param name="target">Gives the memory; null: it is new.</param>
    public static ReadOnlyMemory<byte> Rewrite(
        ReadOnlySpan<byte> payload, ReadOnlySpan<LocatedField> fields, ReadOnlySpan<Edit> edits, ReadOnlySpan<byte> replacements, RewriteBuffer? target)
    {
        int room = payload.Length + replacements.Length;
        Memory<byte> memory = target?.Rent(room) ?? GC.AllocateUninitializedArray<byte>(room);
        Span<byte> output = memory.Span;
        int read = 0, written = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            LocatedField field = fields[i];
            Edit edit = edits[i];
            if (edit.Kind == EditKind.None || field.FieldStart < read)
            {
                continue;
            }

            if (edit.Kind == EditKind.Drop)
            {
                // An element goes with the comma before it; the first that stays, or goes, has none before it, so it takes the one behind.
                bool first = field.PrefixStart < 0 || field.FieldStart == read;
                Append(payload[read..(first ? field.FieldStart : Math.Max(read, field.PrefixStart))], output, ref written);
                read = first ? field.NextStart : field.End;
                continue;
            }

            Append(payload[read..(edit.Kind == EditKind.ReplaceField ? field.FieldStart : field.Start)], output, ref written);
            Append(replacements.Slice(edit.ReplacementStart, edit.ReplacementLength), output, ref written);
            read = field.End;
        }

        Append(payload[read..], output, ref written);
        return memory[..written];
    }

    private static void Append(ReadOnlySpan<byte> bytes, Span<byte> output, ref int written)
    {
        bytes.CopyTo(output[written..]);
        written += bytes.Length;
    }
}
