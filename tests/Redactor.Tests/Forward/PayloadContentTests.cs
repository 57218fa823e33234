using Redactor.Forward;

namespace Redactor.Tests.Forward;

public sealed class PayloadContentTests
{
    [Fact]
    public async Task The_bytes_are_released_when_nobody_sends_them_any_more_however_often_they_were_sent()
    {
        using var content = PayloadContent.Grpc(new byte[100], compressed: false);
        await using var first = new HeldStream();
        var refused = content.CopyToAsync(first);
        await content.CopyToAsync(Stream.Null);

        var released = content.WhenReleasedAsync();
        Assert.False(released.IsCompleted);

        first.Break();
        await released;
        await Assert.ThrowsAnyAsync<Exception>(() => refused);
    }

    /// <summary>Takes nothing until it breaks.</summary>
    private sealed class HeldStream : MemoryStream
    {
        private readonly TaskCompletionSource broken = new();

        public void Break() => broken.SetException(new IOException());

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await broken.Task;
    }
}
