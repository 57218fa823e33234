using System.Numerics;
using System.Runtime.Intrinsics;
using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>Names of members of JSON that rules name, told without reading the JSON: reading it costs as much as all else.</summary>
internal static class MemberNames
{
    /// <summary>Whether some candidate may lie in the name of a JSON member that a rule names: a quote, a colon and what may be masked follow.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text, in UnitTriggers triggers, Scanner scanner)
    {
        if (triggers.Candidates.IsEmpty || !text.Contains((byte)'"'))
        {
            return false;
        }

        ReadOnlySpan<Candidate> candidates = triggers.Candidates;
        for (int next = -1; (next = scanner.NextAtName(candidates, next + 1)) < candidates.Length;)
        {
            int position = candidates[next].Position - triggers.Offset;
            for (ulong ends = EndsOfNames(text, position); ends != 0; ends &= ends - 1)
            {
                int quote = position + BitOperations.TrailingZeroCount(ends);
                ReadOnlySpan<byte> behind = text[(quote + 1)..].TrimStart(" \t\r\n"u8);
                if (behind is [(byte)':', ..] && MayBeValue(behind) && MayBeNamed(text, quote, scanner))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Whether what stands behind a name is a string, a number, or JSON with some in it, with or without escapes: of any other word nothing is masked. Text of models is full of
    /// programs, with an f before the string.
    /// </summary>
    private static bool MayBeValue(ReadOnlySpan<byte> behind)
    {
        behind = behind.TrimStart(": \t\r\n,"u8);
        return behind is [(byte)'"' or (byte)'\\' or (byte)'{' or (byte)'[' or (byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..];
    }

    /// <summary>
    /// A bit for each of the bytes from a position on that may end a name: a quote with a colon or a space behind it. Most candidates are words in text, and have none near.
    /// </summary>
    private static ulong EndsOfNames(ReadOnlySpan<byte> text, int position)
    {
        scoped ReadOnlySpan<byte> near = text[position..];
        Span<byte> copy = stackalloc byte[ViewLimits.MaxNameRest + 1];
        if (near.Length < copy.Length)
        {
            copy.Clear();
            near.CopyTo(copy);
            near = copy;
        }

        Vector512<byte> bytes = Vector512.Create(near), behind = Vector512.Create(near[1..]);
        return (Vector512.Equals(bytes, Vector512.Create((byte)'"'))
            & (Vector512.Equals(behind, Vector512.Create((byte)':')) | Vector512.LessThanOrEqual(behind, Vector512.Create((byte)' ')))).ExtractMostSignificantBits();
    }

    /// <summary>Whether a rule may name the member whose name ends in the quote at <paramref name="end"/>; what has escapes is told apart when it is read as JSON.</summary>
    private static bool MayBeNamed(ReadOnlySpan<byte> text, int end, Scanner scanner)
    {
        int start = text[..end].LastIndexOf((byte)'"') + 1;
        return text[Math.Max(0, start - 2)..end].Contains((byte)'\\') || scanner.MatchName(text[start..end]) >= 0;
    }
}
