using Redactor.Tests.Hostile;

namespace Redactor.Bench.Hostile;

/// <summary>Requests close to the greatest size, whose redaction takes many times their memory.</summary>
internal static class DenseAttacks
{
    private const int Bytes = 60 << 20;
    private const int MiB = Bytes >> 20;

    public static IEnumerable<Attack> All() =>
        DenseMessages.All(Bytes).Select(m => new Attack($"{MiB} MiB of {m.Name}, 4 at once", v => v.SendAsync(m.Message, 2)))
            .Concat(DenseMessages.AllJson(Bytes).Select(m => new Attack($"{MiB} MiB of {m.Name}, 4 at once", v => v.SendAsync(m.Message, 4, contentType: "application/json", grpcToo: false))));
}
