using System.Text;
using Google.Protobuf;
using Redactor.Redact;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>
/// Messages of every request type, filled by their descriptors with canaries wherever text can be, go through redaction and come out as
/// an independent transformation of the decoded message says.
/// </summary>
public sealed class ProofByReflectionTests
{
    private const int Seeds = 20;

    public static TheoryData<Signal, bool> Cases
    {
        get
        {
            var data = new TheoryData<Signal, bool>();
            foreach (Signal signal in Enum.GetValues<Signal>())
            {
                data.Add(signal, false);
                data.Add(signal, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_canary_is_gone_and_everything_else_decodes_as_before(Signal signal, bool shuffled)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            IMessage request = new OtlpGenerator(seed, 1 + (seed % 5)).Request(signal);
            byte[] bytes = shuffled ? new ShuffledWriter(seed).Write(request) : request.ToByteArray();
            Assert.Equal(request, request.Descriptor.Parser.ParseFrom(bytes));

            RedactionResult result = Run(signal, bytes);

            Assert.Equal(RedactionStatus.Ok, result.Status);
            OtlpExpectation.Redact(request);
            Assert.Equal(request, request.Descriptor.Parser.ParseFrom(result.Payload!.Bytes.Span));
            Assert.True(result.Payload.Bytes.Span.IndexOf(Encoding.UTF8.GetBytes(Canary)) < 0);
            Assert.NotEmpty(result.Report.Findings);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_second_hop_changes_nothing(Signal signal, bool shuffled)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            IMessage request = new OtlpGenerator(seed, 3).Request(signal);
            byte[] bytes = shuffled ? new ShuffledWriter(seed).Write(request) : request.ToByteArray();
            ReadOnlyMemory<byte> once = Run(signal, bytes).Payload!.Bytes;
            Assert.True(Run(signal, once).Payload!.Bytes.Equals(once));
        }
    }
}
