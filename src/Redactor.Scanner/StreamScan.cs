using Redactor.Scanning.Judging;

namespace Redactor.Scanning;

/// <summary>
/// Scans one unit that goes past in pieces, in constant memory, with the findings that <see cref="Scanner.Scan(ReadOnlySpan{byte}, FindingList)"/> gives for
/// the whole of it. Not thread-safe.
/// </summary>
/// <remarks>
/// A window slides over the stream. A match may start only where everything that decides about it is at hand: the greatest match and
/// its context behind it, and what conditions and masks can look back to before it.
/// <code>
///   |  look-behind  |  starts are tried here  |  hold-back  |
///   window[0]       decided                   until         length
/// </code>
/// </remarks>
public sealed class StreamScan
{
    /// <summary>Size of the window in bytes: 256 KiB stays in the second-level cache, and the hold-back, which is scanned twice, is a small part of it.</summary>
    private const int WindowSize = 256 * 1024;

    /// <summary>How far a judge looks around a match: context words, and a mask that may reach into it.</summary>
    private const int Around = ScanLimits.MaxNearDistance + MaskText.MaxLength + 1;

    private readonly Scanner scanner;
    private readonly Action<StreamFinding> found;
    private readonly UnitScan worker = new();
    private readonly CandidateList candidates = new();
    private readonly FindingList findings = new();
    private readonly byte[] window = new byte[WindowSize];
    private int length;
    private int decided;
    private long origin;

    // A finding that reached the end of the window, and where that was.
    private int runningRule = -1;
    private int runningAt;

    /// <summary>Begins a stream.</summary>
    /// <param name="scanner">The rules.</param>
    /// <param name="found">Is called for each finding, in ascending order of start.</param>
    public StreamScan(Scanner scanner, Action<StreamFinding> found)
    {
        this.scanner = scanner;
        this.found = found;
        HoldBack = scanner.MaxMatchLength + Around;
        worker.Begin(scanner);
    }

    /// <summary>How many bytes at the end of what was appended may still become part of a finding.</summary>
    public int HoldBack { get; }

    /// <summary>Everything before this offset is decided: no finding will start or go on there any more.</summary>
    public long Decided => origin + decided;

    /// <summary>Takes the next piece.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            int taken = Math.Min(piece.Length, window.Length - length);
            piece[..taken].CopyTo(window.AsSpan(length));
            length += taken;
            piece = piece[taken..];
            if (length == window.Length)
            {
                Decide(length - HoldBack);
                Slide();
            }
        }
    }

    /// <summary>The stream ends here.</summary>
    public void Complete() => Decide(length);

    private void Decide(int until)
    {
        RunOn();
        ReadOnlySpan<byte> text = window.AsSpan(0, length);
        scanner.FindCandidates(text, candidates, oneUnit: true);
        findings.Clear();
        ScanStatus status = scanner.ConfirmPart(worker, text, 0, length, candidates.Items, decided, until, findings);
        findings.Sort();
        if (status == ScanStatus.OverBudget)
        {
            found(new StreamFinding(StreamFinding.OverBudget, origin + decided, until - decided));
        }

        foreach (Finding finding in findings.Items)
        {
            found(new StreamFinding(finding.Rule, origin + finding.Start, finding.Length));
            runningRule = finding.End == length ? finding.Rule : runningRule;
        }

        decided = until;
        runningAt = runningRule >= 0 ? length : 0;
    }

    /// <summary>A token that ran to the end of the window goes on in the next one.</summary>
    private void RunOn()
    {
        if (runningRule < 0)
        {
            return;
        }

        int end = runningAt;
        while (end < length && CompiledRule.IsTokenByte(window[end]))
        {
            end++;
        }

        if (end > runningAt)
        {
            found(new StreamFinding(runningRule, origin + runningAt, end - runningAt) { Continues = true });
            worker.SkipTo(runningRule, end);
        }

        runningRule = end == length ? runningRule : -1;
    }

    private void Slide()
    {
        int by = Math.Max(0, decided - Around);
        window.AsSpan(by, length - by).CopyTo(window);
        origin += by;
        length -= by;
        decided -= by;
        runningAt -= by;
        worker.Move(by);
    }
}
