using System.Buffers;
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
    public static ReadOnlyMemory<byte> Rewrite(ReadOnlySpan<byte> payload, ReadOnlySpan<LocatedField> fields, ReadOnlySpan<Edit> edits, ReadOnlySpan<byte> replacements)
    {
        var output = new ArrayBufferWriter<byte>(payload.Length + replacements.Length);
        int read = 0;
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
                output.Write(payload[read..(first ? field.FieldStart : Math.Max(read, field.PrefixStart))]);
                read = first ? field.NextStart : field.End;
                continue;
            }

            output.Write(payload[read..(edit.Kind == EditKind.ReplaceField ? field.FieldStart : field.Start)]);
            output.Write(replacements.Slice(edit.ReplacementStart, edit.ReplacementLength));
            read = field.End;
        }

        output.Write(payload[read..]);
        return output.WrittenMemory;
    }
}
