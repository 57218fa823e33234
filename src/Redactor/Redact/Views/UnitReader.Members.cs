using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>The members of JSON: their values are secret where a rule names them. Reading them costs as much as reading JSON, so that it is asked first whether any name may be one.</summary>
internal sealed partial class UnitReader
{
    private Verdict ReadMembers(ReadOnlySpan<byte> text, ViewLevel level, bool named, bool isWhole)
    {
        if (!ReadsMembers)
        {
            return Verdict.Clean;
        }

        bool isJson = isWhole && (named || level.Ranges.Count > 0) && JsonTokens.LooksLikeJson(text);
        if (!named && !isJson)
        {
            return Verdict.Clean;
        }

        judge.Segments = level.Segments;
        return members.Read(text, level.Ranges, isJson, named, place);
    }

    /// <summary>Whether some candidate may lie in the name of a JSON member that a rule names: a quote and a colon follow.</summary>
    private bool NamesMember(in UnitTriggers triggers, ReadOnlySpan<byte> text)
    {
        if (triggers.Candidates.IsEmpty || !text.Contains((byte)'"'))
        {
            return false;
        }

        int quote = -1;
        foreach (Candidate candidate in triggers.Candidates)
        {
            int position = candidate.Position - triggers.Offset;
            if (candidate.Atom < 0)
            {
                continue;
            }

            quote = quote < position ? NextQuote(text, position) : quote;
            for (; quote < Math.Min(text.Length, position + ViewLimits.MaxNameRest); quote = NextQuote(text, quote + 1))
            {
                ReadOnlySpan<byte> behind = text[(quote + 1)..].TrimStart(" \t\r\n"u8);
                if (!behind.IsEmpty && behind[0] == ':' && MayBeNamed(text, quote))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Where the first quote at or behind a position is; the end of the text if there is none.</summary>
    private static int NextQuote(ReadOnlySpan<byte> text, int from)
    {
        int quote = text[from..].IndexOf((byte)'"');
        return quote < 0 ? text.Length : from + quote;
    }

    /// <summary>Whether a rule may name the member whose name ends in the quote at <paramref name="end"/>; what has escapes is told apart when it is read as JSON.</summary>
    private bool MayBeNamed(ReadOnlySpan<byte> text, int end)
    {
        int start = text[..end].LastIndexOf((byte)'"') + 1;
        return text[Math.Max(0, start - 2)..end].Contains((byte)'\\') || scanner.MatchName(text[start..end]) >= 0;
    }
}
