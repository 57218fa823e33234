using Redactor.Scanning;

namespace Redactor.Redact.Views;

/// <summary>
/// Pictures, sound, archives and vectors of numbers as base64: long runs that are no text. Among so many random characters chance makes the shape of some token, so only
/// known values count in them.
/// </summary>
internal static class Blobs
{
    /// <summary>Drops the findings that lie wholly in a blob.</summary>
    /// <param name="text">The text.</param>
    /// <param name="triggers">The triggers in it.</param>
    /// <param name="offset">What their offsets count beyond the start of the text.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="scanner">Knows the rules.</param>
    public static void Drop(ReadOnlySpan<byte> text, ReadOnlySpan<ViewTrigger> triggers, int offset, FindingList findings, Scanner scanner)
    {
        if (findings.Count == 0)
        {
            return;
        }

        foreach (ViewTrigger trigger in triggers)
        {
            int start = Math.Max(0, trigger.Start - offset), end = Math.Min(text.Length, trigger.End - offset);
            if (trigger.Kind == TriggerKind.Run && end - start >= ViewLimits.MinBlob && !EncodedRun.TryRecognize(text, start, end, out _))
            {
                Drop(start, end, findings, scanner);
            }
        }
    }

    private static void Drop(int start, int end, FindingList findings, Scanner scanner)
    {
        Finding[] all = findings.Items.ToArray();
        findings.Clear();
        foreach (Finding finding in all)
        {
            bool known = scanner.Rules[finding.Rule].HasOnlyValues;
            if (known || finding.Start <= start || finding.End >= end)
            {
                findings.Add(finding);
            }
        }
    }
}
