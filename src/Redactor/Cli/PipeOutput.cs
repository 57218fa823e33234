using System.Buffers;
using System.IO.Pipelines;

namespace Redactor.Cli;

/// <summary>The output of <c>pipe</c>, which remembers whether it was the output that failed.</summary>
internal sealed class PipeOutput(PipeWriter writer)
{
    /// <summary>Whether the last write failed.</summary>
    public bool HasFailed { get; private set; }

    public IBufferWriter<byte> Buffer => writer;

    /// <summary>Writes what is buffered.</summary>
    /// <exception cref="IOException">It can't be written, or nobody reads it any more.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        HasFailed = true;
        await writer.FlushAsync(cancellation);
        HasFailed = false;
    }
}
