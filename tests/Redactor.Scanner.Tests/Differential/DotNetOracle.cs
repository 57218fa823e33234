using System.Text;
using System.Text.RegularExpressions;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>.NET's Regex over the text as .NET decodes it: each flaw in the UTF-8 is one U+FFFD. Offsets are mapped back to bytes.</summary>
internal sealed class DotNetOracle(string pattern)
{
    // A backtracking engine can take for ever; such a pair of expression and text is passed over.
    private readonly Regex regex = new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));

    /// <summary>All matches that are not empty; null if .NET takes too long.</summary>
    internal Match[]? FindAll(byte[] text)
    {
        string decoded = Decode(text, out int[] offsets);
        var matches = new List<Match>();
        try
        {
            for (int from = 0; from <= decoded.Length;)
            {
                System.Text.RegularExpressions.Match m = regex.Match(decoded, from);
                if (!m.Success)
                {
                    break;
                }

                from = m.Length == 0 ? m.Index + 1 : m.Index + m.Length;
                if (m.Length > 0)
                {
                    Group value = m.Groups.Values.Skip(1).FirstOrDefault(g => g.Length > 0) ?? m;
                    matches.Add(new Match(offsets[m.Index], offsets[m.Index + m.Length], offsets[value.Index], offsets[value.Index + value.Length]));
                }
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }

        return [.. matches];
    }

    private static string Decode(byte[] text, out int[] offsets)
    {
        var decoded = new StringBuilder();
        var at = new List<int>();
        for (int i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf8(text.AsSpan(i), out Rune rune, out int length);
            decoded.Append(rune.ToString());
            at.AddRange(Enumerable.Repeat(i, rune.Utf16SequenceLength));
            i += length;
        }

        at.Add(text.Length);
        offsets = [.. at];
        return decoded.ToString();
    }
}
