using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>Finds what the decoded views of a text show, for readers who change nothing.</summary>
internal static class ViewFinder
{
    private const string Place = "file";

    /// <summary>
    /// Adds what is found in the views of a text, where what is encoded stands in it. What the text itself shows may be among it; names of JSON members take no part, and
    /// what shadow rules find in views is not told. Thread-safe.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="origin">The offset of the text, for those of the findings.</param>
    /// <param name="findings">Receives them; what goes over budget as <see cref="StreamFinding.OverBudget"/>.</param>
    public static void Find(ReadOnlySpan<byte> text, RuleSet rules, long origin, List<StreamFinding> findings)
    {
        var scratch = Scratch.Rent(rules);
        scratch.Reader.ReadsMembers = false;
        try
        {
            scratch.Findings.Clear();
            scratch.Reader.Read(text, ScanStatus.Complete, scratch.Findings, Place);
            foreach (MaskedRange range in scratch.Reader.Ranges)
            {
                int rule = range.Rule == MaskedRange.OverBudget ? StreamFinding.OverBudget : range.Rule;
                findings.Add(new StreamFinding(rule, origin + range.Start, range.End - range.Start));
            }
        }
        finally
        {
            scratch.Reader.ReadsMembers = true;
            scratch.Return();
        }
    }
}
