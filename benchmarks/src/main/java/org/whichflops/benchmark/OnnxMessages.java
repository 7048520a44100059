package org.whichflops.benchmark;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.Locale;

/** The messages of {@code onnx.proto} that files have, for protobuf's own parser. */
final class OnnxMessages {
  private static final String MESSAGES =
      """
      ModelProto: 1 int64, 2 string, 3 string, 4 string, 5 int64, 6 string, 7 GraphProto,
        8 OperatorSetIdProto*, 14 StringStringEntryProto*
      OperatorSetIdProto: 1 string, 2 int64
      StringStringEntryProto: 1 string, 2 string
      GraphProto: 1 NodeProto*, 2 string, 5 TensorProto*, 10 string, 11 ValueInfoProto*,
        12 ValueInfoProto*, 13 ValueInfoProto*, 16 StringStringEntryProto*
      NodeProto: 1 string*, 2 string*, 3 string, 4 string, 5 AttributeProto*, 6 string, 7 string,
        8 string, 9 StringStringEntryProto*
      AttributeProto: 1 string, 2 float, 3 int64, 4 bytes, 5 TensorProto, 6 GraphProto, 7 float*,
        8 int64*, 9 bytes*, 10 TensorProto*, 11 GraphProto*, 13 string, 20 int32, 21 string
      TensorProto: 1 int64*, 2 int32, 4 float*, 5 int32*, 6 bytes*, 7 int64*, 8 string, 9 bytes,
        10 double*, 11 uint64*, 12 string, 13 StringStringEntryProto*, 14 int32
      ValueInfoProto: 1 string, 2 TypeProto, 3 string
      TypeProto: 1 TypeProtoTensor, 6 string
      TypeProtoTensor: 1 int32, 2 TensorShapeProto
      TensorShapeProto: 1 TensorShapeProtoDimension*
      TensorShapeProtoDimension: 1 int64, 2 string, 3 string
      """;

  private OnnxMessages() {}

  /** The message that a file is. */
  static Descriptor model() {
    FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder().setName("onnx.proto");
    for (String message : MESSAGES.strip().split("\n(?! )")) {
      String[] nameAndFields = message.split(": ");
      DescriptorProto.Builder descriptor = DescriptorProto.newBuilder().setName(nameAndFields[0]);
      for (String field : nameAndFields[1].split(",\\s+")) {
        descriptor.addField(field(field));
      }
      file.addMessageType(descriptor);
    }
    try {
      return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0])
          .findMessageTypeByName("ModelProto");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code 5 TensorProto*}: the number, the type, and a star where it is repeated. */
  private static FieldDescriptorProto field(String text) {
    String[] numberAndType = text.strip().split(" ");
    boolean repeated = numberAndType[1].endsWith("*");
    String type = numberAndType[1].replace("*", "");
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName("field" + numberAndType[0])
            .setNumber(Integer.parseInt(numberAndType[0]))
            .setLabel(
                repeated
                    ? FieldDescriptorProto.Label.LABEL_REPEATED
                    : FieldDescriptorProto.Label.LABEL_OPTIONAL);
    return Character.isUpperCase(type.charAt(0))
        ? field.setTypeName(type).build()
        : field
            .setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)))
            .build();
  }
}
