using System.Text;
using AsciiText = System.Text.Ascii;

namespace Redactor.Scanning.Judging;

/// <summary>The proofs of one rule, cheapest first: what a confirmed match must pass to become a finding.</summary>
internal sealed class Judge
{
    private readonly double entropy;
    private readonly Check? check;
    private readonly Context? context;
    private readonly NameExceptions? exceptions;
    private readonly byte[][] keywords;

    internal Judge(ScanRule rule)
    {
        entropy = rule.Entropy;
        check = rule.Check is null ? null : Checks.Find(rule.Check) ?? throw new ScanRuleException(
            rule.Id, "check", 0, $"unknown check '{rule.Check}'; there are {string.Join(", ", Checks.Names)}");
        context = rule.Near is null ? null : new Context(rule.Near);
        exceptions = rule.Except.Count == 0 ? null : new NameExceptions(rule.Except);
        keywords = [.. rule.Keywords.Select(k => Encoding.UTF8.GetBytes(k.ToLowerInvariant()))];
    }

    /// <summary>Judges a match from <paramref name="start"/> to <paramref name="end"/>, of which the value is to be masked.</summary>
    internal Judgement Decide(ReadOnlySpan<byte> unit, int start, int end, int valueStart, int valueEnd)
    {
        ReadOnlySpan<byte> value = unit[valueStart..valueEnd];
        return entropy != 0 && Entropy.Of(value) < entropy ? Judgement.LowEntropy
            : check is not null && !check(value) ? Judgement.CheckFailed
            : !HasKeyword(unit[start..end]) ? Judgement.NoKeyword
            : MaskText.MayBeAround(unit, start, end) && AmongLabels(unit, start, end, valueStart, valueEnd) is { } judgement ? judgement
            : context is not null && !context.IsNear(unit, start, end) ? Judgement.NoContext
            : exceptions is not null && exceptions.Apply(unit, start, valueStart) ? Judgement.Excepted
            : Judgement.Accepted;
    }

    /// <summary>What the labels around a match make of it; null if it has nothing to do with them.</summary>
    private static Judgement? AmongLabels(ReadOnlySpan<byte> unit, int start, int end, int valueStart, int valueEnd) =>
        MaskText.Overlaps(unit, start, valueStart) || MaskText.Overlaps(unit, valueEnd, end) ? Judgement.LeansOnMask
        : MaskText.Covers(unit, valueStart, valueEnd) ? Judgement.InsideMask
        : null;

    private bool HasKeyword(ReadOnlySpan<byte> match)
    {
        if (keywords.Length == 0)
        {
            return true;
        }

        foreach (byte[] keyword in keywords)
        {
            for (int i = 0; i + keyword.Length <= match.Length; i++)
            {
                if (AsciiText.EqualsIgnoreCase(match.Slice(i, keyword.Length), keyword))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
