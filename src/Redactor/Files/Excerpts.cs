using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Files;

/// <summary>Makes the text around findings fit to be shown: one line, nothing found in it readable, nothing that moves a terminal's cursor.</summary>
internal sealed class Excerpts(SafeFileHandle file, IReadOnlyList<StreamFinding> findings, RuleSet rules)
{
    private readonly FindingList check = new();

    /// <summary>The excerpt for one of the findings, which ascend by start.</summary>
    public string Of(int index)
    {
        StreamFinding finding = findings[index];
        long end = finding.Start + finding.Length;
        long from = Math.Max(0, finding.Start - FileLimits.ExcerptContext);
        Span<byte> buffer = stackalloc byte[FileLimits.ExcerptContext];
        ReadOnlySpan<byte> before = Read(buffer, from, finding.Start);
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        string left = Render(before[lineStart..], from + lineStart, index);
        ReadOnlySpan<byte> after = Read(buffer, end, end + FileLimits.ExcerptContext);
        int lineEnd = after.IndexOf((byte)'\n');
        string right = Render(lineEnd < 0 ? after : after[..lineEnd], end, index);
        return (left + Label(finding.Rule) + right).Trim();
    }

    private ReadOnlySpan<byte> Read(Span<byte> buffer, long from, long until) =>
        buffer[..RandomAccess.Read(file, buffer[..(int)(until - from)], from)];

    /// <summary>Text that starts at <paramref name="origin"/>, with labels for findings near <paramref name="index"/> that reach into it.</summary>
    private string Render(ReadOnlySpan<byte> text, long origin, int index)
    {
        var shown = new StringBuilder();
        int at = 0;
        int first = index;
        while (first > 0 && findings[first - 1].Start + findings[first - 1].Length > origin)
        {
            first--;
        }

        for (int i = first; i < findings.Count && findings[i].Start < origin + text.Length; i++)
        {
            int start = (int)Math.Max(at, findings[i].Start - origin);
            int end = (int)Math.Min(text.Length, findings[i].Start + findings[i].Length - origin);
            if (end > start)
            {
                Append(shown, text[at..start]);
                shown.Append(Label(findings[i].Rule));
                at = end;
            }
        }

        Append(shown, text[at..]);
        return shown.ToString();
    }

    private void Append(StringBuilder shown, ReadOnlySpan<byte> text)
    {
        // The file may have changed since it was scanned: what is shown is looked at once more.
        rules.Scanner.Scan(text, check);
        if (check.Count > 0)
        {
            return;
        }

        foreach (Rune rune in Encoding.UTF8.GetString(text).EnumerateRunes())
        {
            // Characters that are cut or invalid, and those that are not drawn (escapes, marks of direction).
            bool hidden = rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            shown.Append(hidden ? " " : rune.ToString());
        }
    }

    private string Label(int rule) => $"[REDACTED:{rules.Rules[rule].Id}]";
}
