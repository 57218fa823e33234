using System.Buffers;
using System.IO.Pipelines;

namespace Redactor.Cli;

/// <summary>The output of <c>pipe</c>, which remembers whether it was the output that failed.</summary>
internal sealed class PipeOutput(PipeWriter writer)
{
    /// <summary>Whether the other end is closed.</summary>
    public bool IsBroken { get; private set; }

    public IBufferWriter<byte> Buffer => writer;

    /// <summary>Writes what is buffered.</summary>
    /// <exception cref="IOException">The other end is closed.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        IsBroken = true;
        await writer.FlushAsync(cancellation);
        IsBroken = false;
    }
}
