using System.Buffers;
using System.IO.Pipelines;

namespace Redactor.Scanning;

/// <content>Units that lie in pieces or arrive bit by bit.</content>
public sealed partial class Scanner
{
    /// <summary>Finds what to mask in a unit that lies in pieces, without laying them together. Findings come in ascending order of start.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="found">Is called for each finding.</param>
    public void Scan(in ReadOnlySequence<byte> unit, Action<StreamFinding> found)
    {
        var stream = new StreamScan(this, found);
        foreach (ReadOnlyMemory<byte> piece in unit)
        {
            stream.Append(piece.Span);
        }

        stream.Complete();
    }

    /// <summary>Finds what to mask in a unit that arrives bit by bit, to its end, in memory that does not grow with it.</summary>
    /// <param name="unit">The unit; it is read to its end and not completed.</param>
    /// <param name="found">Is called for each finding, at most <see cref="StreamScan.HoldBack"/> bytes and a window late.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task ScanAsync(PipeReader unit, Action<StreamFinding> found, CancellationToken cancellation = default)
    {
        var stream = new StreamScan(this, found);
        while (true)
        {
            ReadResult read = await unit.ReadAsync(cancellation).ConfigureAwait(false);
            foreach (ReadOnlyMemory<byte> piece in read.Buffer)
            {
                stream.Append(piece.Span);
            }

            unit.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                stream.Complete();
                return;
            }
        }
    }
}
