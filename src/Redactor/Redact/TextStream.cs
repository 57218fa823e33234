using System.Buffers;
using Redactor.Redact.Views;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Redact;

/// <summary>
/// Redacts one text that goes past in pieces, in constant memory. What comes out is what <see cref="TextRedactor"/> makes of the whole,
/// except where what is encoded goes over several lines that go out apart, where <see cref="Flush"/> could not wait or a finding is longer than <see cref="RedactLimits.MaxHeldText"/>. Not thread-safe.
/// </summary>
/// <remarks>
/// The stream scan decides, some way behind the end, what is a finding; whole lines before that point go out.
/// <code>
///   | context, is out already | lines that can go | may still be part of a finding |
///   held[0]                   written             decided                          length
/// </code>
/// </remarks>
internal sealed class TextStream
{
    private const string Place = "text";

    private readonly Scanner scanner;
    private readonly Maskers maskers;
    private readonly StreamScan stream;
    private readonly FindingCounter counter = new();
    private readonly UnitReader reader;
    private readonly FindingList findings = new();
    private readonly ArrayBufferWriter<byte> masked = new();
    private readonly List<StreamFinding> pending = [];
    private byte[] held = new byte[RedactLimits.MaxHeldText];
    private long origin;
    private int written;
    private int length;

    public TextStream(RuleSet rules)
    {
        scanner = rules.Scanner;
        maskers = Maskers.For(rules);
        var judge = new UnitJudge(counter);
        judge.Begin(maskers);
        reader = new UnitReader(judge, counter);
        reader.Begin(scanner);
        stream = new StreamScan(scanner, Add);
    }

    /// <summary>Takes the next piece and writes what is decided by it, in whole lines.</summary>
    public void Append(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        if (held.Length - length < piece.Length)
        {
            Array.Resize(ref held, Math.Max(held.Length * 2, length + piece.Length));
        }

        piece.CopyTo(held.AsSpan(length));
        length += piece.Length;
        stream.Append(piece);
        Write(DecidedLines(), output);
    }

    /// <summary>
    /// Writes every complete line, for a reader who waits, without knowing what comes. An armoured block (<c>-----BEGIN</c>) is held
    /// until it ends or is longer than any match may be.
    /// </summary>
    public void Flush(IBufferWriter<byte> output)
    {
        int until = held.AsSpan(written, length - written).LastIndexOf((byte)'\n') + written + 1;
        until = BeforeOpenBlock(until);
        if (until <= written)
        {
            return;
        }

        ScanStatus status = scanner.Scan(held.AsSpan(0, until), findings);
        foreach (Finding finding in findings.Items)
        {
            pending.Add(new StreamFinding(finding.Rule, origin + finding.Start, finding.Length));
        }

        if (status == ScanStatus.OverBudget)
        {
            pending.Add(new StreamFinding(StreamFinding.OverBudget, origin + written, until - written));
        }

        Write(until, output);
    }

    /// <summary>Writes the rest: the text ends here.</summary>
    public void Complete(IBufferWriter<byte> output)
    {
        stream.Complete();
        Write(length, output);
    }

    private void Add(StreamFinding finding)
    {
        int before = finding.Continues
            ? pending.FindLastIndex(piece => piece.Rule == finding.Rule && piece.Start + piece.Length == finding.Start)
            : -1;
        if (before < 0)
        {
            pending.Add(finding);
            return;
        }

        pending[before] = pending[before] with { Length = pending[before].Length + finding.Length };
    }

    /// <summary>Where the lines end that are decided whole, with all findings in them.</summary>
    private int DecidedLines()
    {
        int decided = (int)(stream.Decided - origin);
        int until = decided;
        for (int before = -1; until != before && until > written;)
        {
            before = until;
            foreach (StreamFinding finding in pending)
            {
                int start = (int)(finding.Start - origin);
                until = start < until && start + finding.Length > until ? start : until;
            }

            until = until > written ? held.AsSpan(written, until - written).LastIndexOf((byte)'\n') + written + 1 : until;
        }

        return until > written || length - written < RedactLimits.MaxHeldText ? until : decided;
    }

    /// <summary>The start of the line in which a block begins that has not ended at <paramref name="until"/>; <paramref name="until"/> if there is none.</summary>
    private int BeforeOpenBlock(int until)
    {
        ReadOnlySpan<byte> lines = held.AsSpan(written, Math.Max(0, until - written));
        int begin = lines.LastIndexOf("-----BEGIN"u8);
        bool open = begin >= 0 && lines[begin..].IndexOf("-----END"u8) < 0 && lines.Length - begin < stream.HoldBack;
        return open ? lines[..begin].LastIndexOf((byte)'\n') + 1 + written : until;
    }

    private void Write(int until, IBufferWriter<byte> output)
    {
        if (until > written)
        {
            WriteMasked(held.AsSpan(written, until - written), output);
            written = until;
            pending.RemoveAll(finding => finding.Start + finding.Length <= origin + written);
        }

        // What is not decided yet stays as context for findings that begin in it.
        int passed = Math.Min(written, (int)(stream.Decided - origin));
        if (passed > 0)
        {
            held.AsSpan(passed, length - passed).CopyTo(held);
            origin += passed;
            written -= passed;
            length -= passed;
        }
    }

    private void WriteMasked(ReadOnlySpan<byte> unit, IBufferWriter<byte> output)
    {
        ScanStatus status = CollectFindings(origin + written, unit.Length);
        counter.Clear();
        if (reader.Read(unit, status, findings, Place) == Verdict.Clean)
        {
            output.Write(unit);
            return;
        }

        masked.ResetWrittenCount();
        UnitWriter.Write(new SpelledUnit(unit), reader.Ranges, reader.Texts, maskers, masked);
        output.Write(masked.WrittenSpan);
    }

    /// <summary>The pending findings as those of one unit, in order.</summary>
    private ScanStatus CollectFindings(long start, int unitLength)
    {
        findings.Clear();
        if (pending.Count == 0)
        {
            return ScanStatus.Complete;
        }

        var status = ScanStatus.Complete;
        pending.Sort(static (a, b) => (a.Start, a.Rule).CompareTo((b.Start, b.Rule)));
        foreach (StreamFinding finding in pending)
        {
            int from = (int)Math.Max(0, finding.Start - start);
            int to = (int)Math.Min(unitLength, finding.Start + finding.Length - start);
            if (from >= to)
            {
                continue;
            }

            if (finding.Rule == StreamFinding.OverBudget)
            {
                status = ScanStatus.OverBudget;
            }
            else
            {
                findings.Add(new Finding(finding.Rule, from, to - from));
            }
        }

        return status;
    }
}
